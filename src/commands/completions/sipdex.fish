# Completes sipdex: the program itself says what may stand where the cursor is.
function __sipdex_complete
    set -l before (commandline --current-process --tokenize --cut-at-cursor)
    set -l word (commandline --current-token --cut-at-cursor)
    set -l found (SIPDEX_COMPLETE=fish command sipdex -- $before "$word" 2>/dev/null)
    switch "$found[1]"
        case ':files'
            complete -C "'' $word"
        case ':folders'
            __fish_complete_directories $word
        case '*'
            string join \n -- $found
    end
end
complete --command sipdex --no-files --keep-order --arguments '(__sipdex_complete)'
