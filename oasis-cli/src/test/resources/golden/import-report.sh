#!/bin/bash
# From crontab.txt:10
export PATH='/usr/local/bin:/usr/bin:/bin'
export GREETING='it'\''s'
{ report --monthly
} <<'END_OF_INPUT'
first line
50% done
END_OF_INPUT
