#!/bin/sh
# A client that waits for a folder and says whether somebody passes; needs curl and a POSIX shell.
# Run by `oz-status try-client -- sh client.sh [MISTAKE]`. Without a mistake it is right.
mistake=${1:-}
ends=$(($(date +%s) + ${OZ_DEADLINE_SECONDS:-3}))

poll() {
  curl --silent --fail --max-time 2 -H "X-Forensic-Access-Token: $OZ_TOKEN" \
    "$OZ_BASE_URL/api/folders/$OZ_FOLDER_ID?with_analyses=true"
}

# The values of a member, one a line, in the order in which they stand; those of the folder come first.
values() { printf '%s' "$folder" | grep -o "\"$1\":\"[^\"]*\"" | cut -d'"' -f4; }

named() {
  case $1 in
    SUCCESS) echo passed ;;
    DECLINED) echo declined ;;
    FAILED) echo failed ;;
    OPERATOR_REQUIRED) echo operator-required ;;
    *) echo unknown ;;
  esac
}

# What the folder means; nothing while nobody knows.
decide() {
  stage=$(values resolution_status | head -n 1)
  result=$(values system_resolution)
  results=$(values resolution_status | tail -n +2)
  kinds=$(values type)
  case $mistake in
    finished-is-a-pass)
      case $stage in FINISHED) echo passed ;; FAILED) echo failed ;; esac
      return ;;
    not-processing-is-done)
      [ "$stage" = PROCESSING ] || named "$result"
      return ;;
    one-analysis-watched)
      first=$(printf '%s\n' "$results" | head -n 1)
      case $first in '' | PROCESSING) ;; *) named "$first" ;; esac
      return ;;
  esac
  if printf '%s\n' "$results" | grep -q PROCESSING ||
    ! printf '%s\n' "$kinds" | grep -q QUALITY || ! printf '%s\n' "$kinds" | grep -q BIOMETRY; then
    [ "$mistake" != one-poll ] || echo declined
    return
  fi
  case $mistake in
    four-ends-folded-into-two)
      if printf '%s\n' "$results" | grep -qv '^SUCCESS$'; then echo declined; else echo passed; fi
      return ;;
    later-success-masks)
      named "$result"
      return ;;
  esac
  case $result in SUCCESS | DECLINED | FAILED | OPERATOR_REQUIRED) ;; *) echo unknown && return ;; esac
  for status in DECLINED FAILED OPERATOR_REQUIRED; do
    if printf '%s\n' "$results" | grep -qx "$status"; then named "$status" && return; fi
  done
  if printf '%s\n' "$results" | grep -qvx SUCCESS; then echo unknown; else echo passed; fi
}

decision=timeout
while [ "$(date +%s)" -le "$ends" ]; do
  if folder=$(poll); then
    found=$(decide)
    [ "$mistake" != completion-on-every-poll ] || echo "{\"decision\":\"${found:-pending}\"}"
    if [ -n "$found" ]; then
      decision=$found
      break
    fi
  fi
  sleep 0.05
done
[ "$mistake" = completion-on-every-poll ] || echo "{\"decision\":\"$decision\"}"
if [ "$mistake" = acts-on-callbacks ]; then
  curl --silent "$OZ_CALLBACKS_URL" | grep '"state":"finished"' | while read -r _; do
    echo "{\"decision\":\"$decision\"}"
  done
fi
case $decision in passed) exit 0 ;; declined) exit 1 ;; *) exit 2 ;; esac
