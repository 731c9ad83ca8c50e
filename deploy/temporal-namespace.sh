#!/bin/sh
# Creates Hangar's namespace with a month of history; safe to repeat.
set -eu
temporal operator namespace describe --namespace "$HANGAR_NAMESPACE" ||
  temporal operator namespace create --namespace "$HANGAR_NAMESPACE" --retention 720h
