# Checks of build/test that are neither a build nor a test program. Sourced after common.sh.

# The closed list of what may lie at the top of the repository.
top_level='src workflows tenants tests build SaaS.sln README.md LICENSE Directory.*.props Directory.*.targets global.json
  .editorconfig .gitignore .gitattributes .ci .config package.json package-lock.json .npmrc'

check_layout() {
  local entry pattern allowed status=0
  set -f
  for entry in $(git -C "$root" ls-files --cached --others --exclude-standard | cut -d / -f 1 | sort -u); do
    allowed=
    for pattern in $top_level; do
      # shellcheck disable=SC2053
      [[ $entry == $pattern ]] && allowed=1
    done
    if [[ -z $allowed ]]; then
      echo "'$entry' is not on the closed list of the top level: move it into src, workflows, tenants, tests or build."
      status=1
    fi
  done
  set +f
  return $status
}

# Packages come from whatever registry the builder has set up: no file may name one.
check_hosts() {
  local found
  found=$(git -C "$root" grep -nIE '(npmjs|yarnpkg|nuget|pypi|pythonhosted|crates)[.](org|com|io)|deb[.]debian[.]org' -- . || true)
  if [[ -n $found ]]; then
    echo "These lines name a package registry's host:"
    echo "$found"
    return 1
  fi
}

# Chromium and a font for Hangul, installed where we may, else a sentence that says what is missing. The whole Chromium does as well as
# the one without a window; it only takes longer.
find_browser() {
  if [[ -x /usr/bin/chromium-headless-shell ]] && has_hangul; then
    return
  fi
  if (( EUID == 0 )) && command -v apt-get >/dev/null && apt-get update -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=15 && install_browser; then
    return
  fi
  if [[ -x /usr/bin/chromium ]] && has_hangul; then
    return
  fi
  fail "The browser tests need Chromium and a Korean font: install Debian's packages chromium-headless-shell (or chromium) and fonts-noto-cjk."
}

has_hangul() { [[ -n $(find /usr/share/fonts -iname '*cjk*' -print -quit 2>/dev/null) ]]; }

install_browser() {
  local browser
  for browser in chromium-headless-shell chromium; do
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$browser" fonts-noto-cjk >/dev/null; then
      return
    fi
  done
  return 1
}
