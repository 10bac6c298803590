# Runs the parts of a script of tests, two at a time where the machine has room, and says which took how long. Sourced with
# a folder for what the parts say, which is made; CAMAUDIT_VERIFY_LANES says how many run at a time.

logs=$1
mkdir -p "$logs"

# A part is a function with a title; it ends at its first command that fails, and the script with it.
declare -A title=() seconds=()
part() { title[$1]=$2; }

# Tells of what cannot be tried here; it never counts as passed.
not_run() { echo "$*" >>"$logs/not-run"; }

lanes=${CAMAUDIT_VERIFY_LANES:-1}
if [ -z "${CAMAUDIT_VERIFY_LANES:-}" ] && [ "$(nproc)" -ge 2 ] \
  && [ "$(awk '/^MemTotal/ {print $2}' /proc/meminfo)" -ge 15000000 ]; then
  lanes=2
fi
ran=()
declare -A running=() # names of parts by the numbers of their processes

# Runs parts one after the other.
alone() {
  local name start
  for name; do
    printf '\n== %s\n' "${title[$name]}"
    ran+=("$name")
    start=$SECONDS
    "$name"
    seconds[$name]=$((SECONDS - start))
    printf -- '-- %s s\n' "${seconds[$name]}"
  done
}

# Runs parts that need nothing of one another, as many at a time as there are lanes, and shows what each said in the order
# in which they stand here. After one that fails no other is begun.
together() {
  if [ "$lanes" -lt 2 ]; then
    alone "$@"
    return
  fi
  local names=("$@") next=0 shown=0 failed="" name pid code
  local -A start=() codes=()
  while [ "$shown" -lt "$next" ] || { [ -z "$failed" ] && [ "$next" -lt $# ]; }; do
    while [ -z "$failed" ] && [ "$next" -lt $# ] && [ "${#running[@]}" -lt "$lanes" ]; do
      name=${names[next]}
      next=$((next + 1))
      ran+=("$name")
      start[$name]=$SECONDS
      printf -- '-- begins: %s\n' "${title[$name]}"
      # With job control a part and all that it starts can be ended together.
      set -m
      (set -euo pipefail; "$name") </dev/null >"$logs/$name.log" 2>&1 &
      set +m
      running[$!]=$name
    done
    sleep 0.2
    for pid in "${!running[@]}"; do
      if ! kill -0 "$pid" 2>/dev/null; then
        name=${running[$pid]}
        unset "running[$pid]"
        code=0
        wait "$pid" || code=$?
        codes[$name]=$code
        seconds[$name]=$((SECONDS - start[$name]))
        [ "$code" = 0 ] || failed=yes
      fi
    done
    while [ "$shown" -lt "$next" ] && [ -n "${codes[${names[shown]}]:-}" ]; do
      name=${names[shown]}
      shown=$((shown + 1))
      printf '\n== %s\n' "${title[$name]}"
      cat "$logs/$name.log"
      printf -- '-- %s s\n' "${seconds[$name]}"
      [ "${codes[$name]}" = 0 ] || printf -- '-- FAILED with %s: %s\n' "${codes[$name]}" "${title[$name]}"
    done
  done
  [ -z "$failed" ] || exit 1
}

# Whatever ended the script: nothing that it started stays, and where time went is said.
at_end() {
  local code=$? pid name
  for pid in "${!running[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
  printf '\n== Seconds\n'
  for name in "${ran[@]}"; do printf '%6s  %s\n' "${seconds[$name]:-}" "${title[$name]}"; done
  printf '%6s  %s\n' "$SECONDS" "all, in $lanes lane(s)"
  [ ! -f "$logs/not-run" ] || sort -u "$logs/not-run" | sed 's/^/NOT RUN: /'
  if [ "$code" = 0 ]; then echo "every part that ran has passed"; else echo "FAILED"; fi
}
trap at_end EXIT
trap 'exit 130' INT TERM
