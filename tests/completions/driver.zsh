# Read by an interactive zsh: writes to $OUT what a Tab offers, and at Ctrl-] what the line is then.
PS1='> '
unsetopt auto_list beep
autoload -Uz compinit
compinit -u -D
source <(sipdex completions zsh)
# What the completion system gives to the editor, as it is shown.
compadd() {
    if [[ " $* " != *\ -[OAD]\ * ]]; then
        local -a offered
        builtin compadd -O offered "$@"
        print -rl -- "offered "$^offered >>$OUT
        local at=${@[(I)-*d]}
        (( at )) && print -rl -- "shown "${(P)^${@[at+1]}} >>$OUT
    fi
    builtin compadd "$@"
}
ended() {
    print -r -- "line $BUFFER" >>$OUT
    BUFFER=
    zle -I
    print "case $((++cases)) ended"
}
zle -N ended
bindkey '^]' ended
print ready
