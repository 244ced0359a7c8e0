// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/media/atomic_file.h"
#include "app/media/user_folders.h"
#include "dsp/core/error.h"
#include "dsp/core/field.h"

namespace lathe {

std::filesystem::path CommonOptions::cache_folder() const {
    return cache.empty() ? user_cache_folder() : std::filesystem::absolute(cache);
}

Cache cache_of(const CommonOptions& options) {
    if (options.no_cache) return {};
    return {options.cache_folder() / "renders", static_cast<std::int64_t>(options.cache_limit_gb * 1e9)};
}

void check_word(const std::string& option, const std::string& noun, const std::string& word,
                const std::vector<std::string_view>& known) {
    if (std::find(known.begin(), known.end(), word) != known.end()) return;
    const std::string near = nearest_name(word, known);
    throw InputError(fmt::format("{}: no {} \"{}\"{} ({})", option, noun, word,
                                 near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near),
                                 fmt::join(known, ", ")));
}

void write_json(const CommonOptions& options, const nlohmann::ordered_json& json) {
    // Names that are no UTF-8 must not cost the document.
    const std::string text = json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    if (options.json == "-")
        fmt::print("{}", text);
    else
        write_text_file(std::filesystem::absolute(options.json), text);
}

void say(const CommonOptions& options, const std::string& text) {
    if (options.json != "-" && !options.quiet) fmt::print("{}", text);
}

CLI::App* Command::declare(CLI::App& app, const std::string& name, const std::string& help) {
    CLI::App* sub = app.add_subcommand(name, help);
    sub->add_option("--json", common.json, "Print JSON instead of tables; --json=FILE writes it there")
        ->type_name("[=FILE]");
    sub->add_option("--threads", common.threads, "Threads; 0 for all cores")
        ->check(CLI::Range(0, 1024))
        ->type_name("N");
    sub->add_option("--device", common.device, "auto, cpu or cuda")->type_name("NAME");
    sub->add_option("--precision", common.precision, "f32, or f64 for the whole chain in double")->type_name("P");
    sub->add_option("--simd", common.simd, "Instruction set: auto (the strongest there is), sse4.2, avx2 or avx512bw")
        ->type_name("NAME");
    sub->add_option("--progress", common.progress, "auto (on a terminal), plain (lines) or none")->type_name("STYLE");
    sub->add_option("--cache", common.cache, "Folder of what runs keep for each other, and of working files")
        ->type_name("DIR");
    sub->add_option("--cache-limit", common.cache_limit_gb, "How much of that stays there; default 10")
        ->check(CLI::NonNegativeNumber)
        ->type_name("GB");
    sub->add_flag("--no-cache", common.no_cache, "Use nothing of earlier runs, and keep nothing");
    sub->add_flag("--quiet", common.quiet, "Print nothing but errors");
    return sub;
}

}  // namespace lathe
