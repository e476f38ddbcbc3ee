# Starts EDJ, for ./edj and for the bin/edj of an archive, which source this file. They have a Java
# 25 in $jdk (find-jdk.sh) and edj-exec.jar in a directory $run.
# shellcheck shell=sh disable=SC2154

# Tink's protobuf asks for memory in a way of which Java would warn at every start.
java_options=--sun-misc-unsafe-memory-access=allow
client_options="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

# Keeps the classes that commands load ready for the next start, in the file edj.aot of directory $1.
# An optimisation only: without the cache everything works, more slowly. The file is whole or not there.
prepare_commands() {
  # shellcheck disable=SC2086
  EDJ_DATA="$1/none" "$jdk/bin/java" $java_options $client_options \
    "-XX:AOTCacheOutput=$1/edj.aot.$$" -jar "$run/edj-exec.jar" rehearse
  keep_if_good $? "$1/edj.aot"
}

# The same of the service, in serve.aot: it is started once, in a directory that is removed.
prepare_service() {
  # shellcheck disable=SC2086
  "$jdk/bin/java" $java_options "-XX:AOTCacheOutput=$1/serve.aot.$$" -jar "$run/edj-exec.jar" \
    rehearse --service "$1/rehearsal.$$"
  keep_if_good $? "$1/serve.aot"
  rm -rf "$1/rehearsal.$$"
}

# $1 is how the rehearsal for file $2 ended.
keep_if_good() {
  if [ "$1" -eq 0 ]; then
    mv "$2.$$" "$2"
  else
    rm -f "$2.$$"
  fi
}

# Takes this process's place, with the caches in directory $1 and the words behind it.
launch() {
  cache=$1
  shift

  # Without a UTF-8 locale Java would not understand the names on its command line.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]*8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac

  out=false
  err=false
  if [ -t 1 ]; then out=true; fi
  if [ -t 2 ]; then err=true; fi
  # How wide a table may be.
  if $out && [ "${1:-}" = execution ] && [ -z "${COLUMNS:-}" ]; then
    size=$(stty size 2>/dev/null </dev/tty) && COLUMNS=${size#* } && export COLUMNS
  fi
  options="$java_options -XX:AOTMode=auto -Xlog:disable -Dedj.out.terminal=$out -Dedj.err.terminal=$err"

  case ${1:-} in
    serve | demo)
      # The demo is over before the second compiler would pay.
      if [ "$1" = demo ]; then options="$client_options $options"; fi
      # shellcheck disable=SC2086
      exec "$jdk/bin/java" $options -XX:+ExitOnOutOfMemoryError "-XX:AOTCache=$cache/serve.aot" \
        "-Dedj.launcher=$0" \
        ${EDJ_JAVA_OPTIONS:-} -jar "$run/edj-exec.jar" "$@"
      ;;
  esac

  # shellcheck disable=SC2086
  exec "$jdk/bin/java" $client_options $options "-XX:AOTCache=$cache/edj.aot" "-Dedj.launcher=$0" \
    -jar "$run/edj-exec.jar" "$@"
}
