// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/target_miss.h"

#include <fmt/format.h>

namespace lathe {
namespace {

std::string reason(TargetMiss why, bool too_quiet, bool limited) {
    switch (why) {
        case TargetMiss::too_short:
            return "loudness is measured over 0.4 s and this is shorter, so it keeps its level; give its gain with "
                   "gain_db and normalize = \"off\"";
        case TargetMiss::silent:
            return fmt::format(
                "below the gate at -70 LUFS even with {:.0f} dB more, so it keeps its level; check the "
                "source, or raise it with input_db",
                highest_solved_gain_db);
        case TargetMiss::gain_limit:
            return too_quiet ? fmt::format(
                                   "it takes more than the {:.0f} dB of gain that a solve may give; raise the "
                                   "source with input_db, or use normalize = \"album\"",
                                   highest_solved_gain_db)
                             : fmt::format(
                                   "it takes less than the {:.0f} dB of gain that a solve may give; lower the "
                                   "source with input_db",
                                   lowest_solved_gain_db);
        case TargetMiss::held_back:
            return limited ? "the limiter holds back whatever more gain brings; raise true_peak_dbtp or lower "
                             "loudness_lufs"
                           : "the chain behind the gain point gets no louder than this; lower loudness_lufs, or move "
                             "the gain_point behind what compresses";
        case TargetMiss::gate_jump:
            return "the gate lets passages in at once, so that no gain gives the loudness between; the nearest below "
                   "is taken";
        case TargetMiss::passes:
            return "the loudness does not follow the gain evenly and the search ended; type a gain_db and set "
                   "normalize = \"off\"";
        case TargetMiss::ceiling:
            return "no limiter keeps the ceiling, so the gain stops below it; add a limiter or lower loudness_lufs";
        case TargetMiss::none:
            break;
    }
    return "";
}

}  // namespace

std::string target_miss_text(TargetMiss why, const Master& master, std::optional<double> lufs, bool limited) {
    const double target = *master.target.loudness_lufs;
    const std::string reached = lufs ? fmt::format("{:.2f} LUFS", *lufs) : "no loudness";
    return fmt::format("master {}: {}, not {:.2f}: {}", master.name, reached, target,
                       reason(why, !lufs || *lufs < target, limited));
}

}  // namespace lathe
