// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>

#include "app/cli/command.h"
#include "dsp/core/error.h"
#include "dsp/core/field.h"
#include "dsp/fft/fft.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {

Cancel interrupt;

/// The first Ctrl-C asks the work to stop, a second one does not wait for it.
void on_interrupt(int) {
    if (interrupt.requested()) _exit(exit_interrupted);
    interrupt.request();
}

void install_signals() {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
    std::signal(SIGXFSZ, SIG_IGN);  // a file past the limit is an error of the write, not the end of the program
    std::signal(SIGPIPE, SIG_IGN);
}

/// --json takes a file only where it plainly is one, so that "measure --json a.wav" measures a.wav.
std::vector<std::string> arguments_of(int argc, char** argv) {
    std::vector<std::string> list;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument != "--json") {
            list.push_back(argument);
            continue;
        }
        const std::string next = i + 1 < argc ? argv[i + 1] : "";
        const bool names_file =
            next == "-" || (next.size() > 5 && next.ends_with(".json")) || next.starts_with("/dev/");
        list.push_back("--json=" + (names_file ? next : "-"));
        if (names_file) ++i;
    }
    return list;
}

constexpr std::string_view later_commands[] = {"mix", "level", "check"};

std::string version_text() {
    return fmt::format("lathe {}\nSIMD     {} (of this processor: {})\ndevices  cpu\nFFT      {}\n", LATHE_VERSION,
                       isa_name(active_isa()), isa_name(best_isa()),
                       "own, lanes as columns; for design FFTW 3, estimated plans");
}

/// The nearest option of the command in use, for one that it does not have.
std::string unknown_argument(const CLI::App& app, const std::vector<std::string>& extras) {
    const CLI::App* command = app.get_subcommands().empty() ? &app : app.get_subcommands().front();
    std::vector<std::string> names;
    for (const CLI::Option* option : command->get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string& extra = extras.front();
    const std::string near = extra.starts_with("-") ? nearest_name(extra.substr(0, extra.find('=')), known) : "";
    return fmt::format("{}: unknown argument{}; see lathe {} --help", extra,
                       near.empty() ? "" : fmt::format("; did you mean {}?", near), command->get_name());
}

int complain(const std::string& what, int code) {
    fmt::print(stderr, "lathe: {}\n", what);
    return code;
}

/// "auto", or the name of an instruction set that this processor has.
void choose_simd(const std::string& name) {
    std::vector<std::string_view> known{"auto"};
    for (const Isa isa : all_isas) known.push_back(isa_name(isa));
    check_word("--simd", "instruction set", name, known);
    for (const Isa isa : all_isas)
        if (name == isa_name(isa)) use_isa(isa);
}

int run_command(Command& command) {
    const CommonOptions& common = command.common;
    check_word("--device", "device", common.device, {"auto", "cpu", "cuda"});
    check_word("--precision", "precision", common.precision, {"f32", "f64"});
    choose_simd(common.simd);
    check_word("--progress", "progress", common.progress, {"auto", "plain", "none"});
    if (common.device == "cuda") throw InputError("--device: cuda is not available in this version; use cpu");
    std::optional<tbb::global_control> limit;
    if (common.threads > 0)
        limit.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(common.threads));
    tbb::task_arena arena(common.threads > 0 ? common.threads : tbb::task_arena::automatic);
    int code = exit_done;
    arena.execute([&] { code = command.run(interrupt); });
    return code;
}

}  // namespace

int run_program(int argc, char** argv) {
    install_signals();
    CLI::App app("Lathe, an offline mastering workstation. Every command has its own --help.", "lathe");
    app.require_subcommand(0, 1);
    bool version = false;
    app.add_flag("--version", version, "Version, SIMD level, devices and FFT in use");
    std::map<std::string, std::unique_ptr<Command>> commands;
    commands["new"] = new_command(app);
    commands["demo"] = demo_command(app);
    commands["render"] = render_command(app);
    commands["solve"] = solve_command(app);
    commands["set"] = set_command(app);
    commands["info"] = info_command(app);
    commands["measure"] = measure_command(app);
    commands["compare"] = compare_command(app);
    commands["spectrum"] = spectrum_command(app);
    commands["resonances"] = resonances_command(app);
    commands["report"] = report_command(app);
    commands["studio"] = studio_command(app);
    try {
        std::vector<std::string> arguments = arguments_of(argc, argv);
        if (!arguments.empty() && std::find(std::begin(later_commands), std::end(later_commands), arguments.front()) !=
                                      std::end(later_commands))
            throw InputError(fmt::format("{}: not available in this version", arguments.front()));
        if (!arguments.empty() && !arguments.front().starts_with("-") && !commands.count(arguments.front())) {
            std::vector<std::string_view> known;
            for (const auto& [name, command] : commands) known.push_back(name);
            const std::string near = nearest_name(arguments.front(), known);
            throw InputError(fmt::format("no command \"{}\"{} ({})", arguments.front(),
                                         near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near),
                                         fmt::join(known, ", ")));
        }
        std::reverse(arguments.begin(), arguments.end());
        app.parse(arguments);
        if (version) {
            fmt::print("{}", version_text());
            return exit_done;
        }
        if (app.get_subcommands().empty()) {
            fmt::print("{}", app.help());
            return exit_done;
        }
        return run_command(*commands.at(app.get_subcommands().front()->get_name()));
    } catch (const CLI::CallForHelp&) {
        const auto chosen = app.get_subcommands();
        fmt::print("{}", chosen.empty() ? app.help() : chosen.front()->help());
        return exit_done;
    } catch (const CLI::ExtrasError&) {
        return complain(unknown_argument(app, app.remaining(true)), exit_bad_input);
    } catch (const CLI::ParseError& error) {
        return complain(error.what(), exit_bad_input);
    } catch (const InputError& error) {
        return complain(error.what(), exit_bad_input);
    } catch (const Cancelled& error) {
        return complain(error.what(), exit_interrupted);
    } catch (const std::exception& error) {
        return complain(error.what(), exit_system_failed);
    }
}

}  // namespace lathe
