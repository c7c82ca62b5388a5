#!/bin/sh
# usage: manage [ARGUMENT...]
# The application's management tool, with the variables of its services.
exec @RELEASE@/bin/run@TOOL@ "$@"
