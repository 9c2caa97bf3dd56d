"""The cellar: declarations and small tools. It knows no app and has no models."""
