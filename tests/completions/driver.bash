# Read by an interactive bash: writes to $OUT what a Tab offers, and at Ctrl-] what the line is then.
PS1='> '
source <(sipdex completions bash)
offered() {
    _sipdex "$@"
    printf 'offered %s\n' "${COMPREPLY[@]}" >>"$OUT"
}
complete -o nosort -F offered sipdex
ended() {
    printf 'line %s\n' "$READLINE_LINE" >>"$OUT"
    READLINE_LINE=
    echo "case $((++cases)) ended"
}
bind -x '"\C-]": ended'
bind 'set bell-style none'
echo ready
