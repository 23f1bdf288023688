# Completes sipdex: the program itself says what may stand where the cursor is.
_sipdex() {
    local IFS=$'\n' found
    COMPREPLY=()
    found=$(SIPDEX_COMPLETE=bash command sipdex -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
    case $found in
        :files) compopt -o default ;;
        :folders) compopt -o dirnames ;;
        # A filter waits for its value.
        *:) COMPREPLY=($found); compopt -o nospace ;;
        *) COMPREPLY=($found) ;;
    esac 2>/dev/null
}
# An older bash sorts what it offers.
complete -o nosort -F _sipdex sipdex 2>/dev/null || complete -F _sipdex sipdex
