# Finds a JDK for ./edj and bench/run, which source this file. They define `say`, which speaks to the
# person, and RERUN, what to do once there is a JDK.
# shellcheck shell=sh

OLDEST_JDK=25

# Prints the major version of the JDK in directory $1; nothing when there is none.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 0
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      printf '%s' "$value"
      return 0
    fi
  done <"$1/release"
}

is_jdk() {
  version=$(jdk_version "$1")
  [ -n "$version" ] && [ "$version" -ge "$OLDEST_JDK" ]
}

# The JDK that the `java` on the PATH belongs to.
jdk_on_path() {
  program=$(command -v java) || return 0
  while [ -h "$program" ]; do
    link=$(readlink "$program")
    case $link in
      /*) program=$link ;;
      *) program=$(dirname "$program")/$link ;;
    esac
  done
  dirname "$(dirname "$program")"
}

# Puts the directory of the first one that will do into $jdk. JDKs are known by the `release` file in
# their directory: starting each to ask it would take too long.
find_jdk() {
  for jdk in "${EDJ_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(jdk_on_path)" \
    /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/jdk* /usr/local/openjdk* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    if [ -n "$jdk" ] && is_jdk "$jdk"; then
      return 0
    fi
  done
  jdk=
  say "a JDK of version $OLDEST_JDK or newer is needed, and none was found."
  say "Install one, such as Eclipse Temurin $OLDEST_JDK (https://adoptium.net), or say where one is"
  say "with EDJ_JAVA_HOME, $RERUN"
  exit 3
}
