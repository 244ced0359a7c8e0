// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "app/render/cache.h"
#include "app/session/exit_code.h"
#include "dsp/core/cancel.h"

namespace lathe {

enum class ProgressStyle { automatic, plain, none };

/// The options that every command takes.
struct CommonOptions {
    std::string json;  ///< a file, "-" for stdout; empty: tables
    int threads = 0;   ///< 0: as many as there are cores
    std::string device = "auto", precision = "f32", simd = "auto", progress = "auto";
    bool no_cache = false, quiet = false;
    std::string cache;
    double cache_limit_gb = default_cache_limit_gb;

    bool wants_json() const { return !json.empty(); }
    std::filesystem::path cache_folder() const;  ///< --cache, else XDG's cache folder, else the system's temporary one
};

/// What renders keep for each other, as the options say.
Cache cache_of(const CommonOptions& options);

/// The words that an option takes, checked with the nearest named: --device: no device "cudaa"; did you mean "cuda"?
void check_word(const std::string& option, const std::string& noun, const std::string& word,
                const std::vector<std::string_view>& known);

/// Prints a document to where --json says.
void write_json(const CommonOptions& options, const nlohmann::ordered_json& json);
/// Text for people, unless --json or --quiet.
void say(const CommonOptions& options, const std::string& text);

/// A command of the program: it declares its options on its own CLI::App, and runs.
class Command {
public:
    virtual ~Command() = default;
    virtual int run(const Cancel& cancel) = 0;
    CommonOptions common;

protected:
    /// A subcommand with the common options.
    CLI::App* declare(CLI::App& app, const std::string& name, const std::string& help);
};

std::unique_ptr<Command> new_command(CLI::App& app);
std::unique_ptr<Command> demo_command(CLI::App& app);
std::unique_ptr<Command> render_command(CLI::App& app);
std::unique_ptr<Command> solve_command(CLI::App& app);
std::unique_ptr<Command> set_command(CLI::App& app);
std::unique_ptr<Command> info_command(CLI::App& app);
std::unique_ptr<Command> measure_command(CLI::App& app);
std::unique_ptr<Command> compare_command(CLI::App& app);
std::unique_ptr<Command> spectrum_command(CLI::App& app);
std::unique_ptr<Command> resonances_command(CLI::App& app);
std::unique_ptr<Command> report_command(CLI::App& app);
std::unique_ptr<Command> studio_command(CLI::App& app);

/// The whole program: parses, runs, prints one line for what goes wrong, and returns the exit code.
int run_program(int argc, char** argv);

}  // namespace lathe
