# SPDX-License-Identifier: GPL-3.0-or-later
# Turns the sorted lines that tests/support/accuracy.cpp appends into a table, one row a claim with its largest figure.
BEGIN {
    FS = "\t"
    print "# Accuracy"
    print ""
    print "What Lathe is held to, and what it measures: each figure is the largest that the named test found. Written by `./dev accuracy`."
}

# Two digits; decibels of residuals whole; figures far inside their bound only as such, so that rounding noise does not show.
function figure(value, bound) {
    if (value ~ /nan/) return "not a number"
    if (value == "-inf") return "nothing left"
    if (bound > 0 && value < bound / 1000) return "< " plain(bound / 1000, 1)
    return bound < 0 ? sprintf("%.0f", value) : plain(value, 2)
}
# A positive number with that many digits, and without an exponent if it is not tiny.
function plain(value, digits,    power) {
    if (value < 1e-7) return sprintf("%.*g", digits, value)
    for (power = 0; value * 10 ^ power < 0.9995; ++power) {}
    return value >= 10 ? sprintf("%.0f", value) : sprintf("%.*f", power + digits - 1, value)
}
function escaped(text) { gsub(/\|/, "\\|", text); return text }
function print_row() {
    if (topic != shown) {
        printf "\n## %s\n\n| what | against | bound | measured | test |\n| --- | --- | --- | --- | --- |\n", topic
        shown = topic
    }
    limit = bound < 0 || bound >= 0.1 ? bound : plain(bound, 1)
    printf "| %s | %s | %s%s | %s%s | %s |\n", escaped(what), escaped(against), limit, unit, figure(worst, bound),
           worst == "-inf" ? "" : unit, escaped(test)
}

{
    key = $1 FS $2 FS $3 FS $4 FS $5 FS $6
    if (key != last) {
        if (NR > 1) print_row()
        last = key; topic = $1; what = $2; against = $3; bound = $4; unit = $5 == "" ? "" : " " $5; test = $6
        worst = $7
    } else if (worst !~ /nan/ && ($7 ~ /nan/ || worst == "-inf" || $7 + 0 > worst + 0)) {
        worst = $7
    }
}
END { if (NR) print_row() }
