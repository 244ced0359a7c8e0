// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/program.h"

#include <fmt/format.h>
#include <imgui.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "app/media/user_folders.h"
#include "app/session/exit_code.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/window.h"
#include "app/studio/views/frame.h"
#include "app/studio/views/script.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

struct Options {
    std::string album, script, screenshot, view = "spectrum", theme = "dark", size = "1280x800", cache, audio;
    float scale = 0;
    bool prints_frames = false;
};

/// Processor time of the frames, to tell a figure of.
class FrameTimes {
public:
    void add(double seconds) { seconds_.push_back(seconds); }
    std::string text() {
        if (seconds_.empty()) return "no frames";
        std::sort(seconds_.begin(), seconds_.end());
        const auto at = [&](double share) {
            return 1000 * seconds_[static_cast<std::size_t>(share * static_cast<double>(seconds_.size() - 1))];
        };
        return fmt::format("{} frames: {:.2f} ms median, {:.2f} ms at the 99th percentile, {:.2f} ms at most",
                           seconds_.size(), at(0.5), at(0.99), at(1));
    }

private:
    std::vector<double> seconds_;
};

WindowSettings window_settings(const Options& options) {
    WindowSettings settings;
    if (std::sscanf(options.size.c_str(), "%dx%d", &settings.width, &settings.height) != 2)
        throw InputError(fmt::format("--size: {} is no WIDTHxHEIGHT", options.size));
    settings.scale = options.scale;
    settings.dark = options.theme != "light";
    return settings;
}

/// How long nothing needs to be drawn unless a hand comes, or something lands. A script that waits leaves the processor
/// to the work that it waits for.
double time_to_next_frame_s(const Studio& studio, const std::optional<Script>& script, bool takes_picture) {
    if (script) return script->waits() && studio.is_at_work() ? 0.1 : 0;
    if (takes_picture || studio.monitor.is_playing()) return 0;
    return studio.is_at_work() ? 0.03 : 0.25;
}

/// One frame: what the hand does, the panels, the picture.
void frame(Studio& studio, Window& window, double wait_s, FrameTimes& times) {
    window.begin_frame(wait_s);
    if (window.was_renewed())
        studio.say("The graphics system was reset; the window was made anew, and nothing is lost");
    named_places().places.clear();
    studio.begin_frame();
    if (!window.dropped().empty()) {
        const ImVec2 at = ImGui::GetIO().MousePos;
        const auto& [left, top, right, bottom] = studio.reference_area;
        const bool on_references = studio.is_open() && at.x >= left && at.x < right && at.y >= top && at.y < bottom;
        on_references ? studio.take_references(window.dropped()) : studio.take(window.dropped());
    }
    take_keys(studio, window);
    draw_studio(studio, window);
    times.add(window.end_frame());
}

int run(const Options& options) {
    Window window(window_settings(options));
    const std::filesystem::path folder =
        options.cache.empty() ? user_cache_folder() : std::filesystem::absolute(options.cache);
    const auto cache_limit = static_cast<std::int64_t>(default_cache_limit_gb * 1e9);
    Studio studio({folder, user_state_folder(), Cache(folder / "renders", cache_limit), options.audio, Window::wake});
    const auto view = std::find(large_view_words.begin(), large_view_words.end(), options.view);
    if (view == large_view_words.end()) throw InputError(fmt::format("--view: no view \"{}\"", options.view));
    studio.large_view = static_cast<LargeView>(view - large_view_words.begin());
    if (!options.album.empty()) {
        studio.open(options.album);
        if (!studio.is_open() && (!options.script.empty() || !options.screenshot.empty()))
            throw InputError(studio.message->text);
    }
    std::optional<Script> script;
    if (!options.script.empty()) {
        script.emplace(options.script, studio, window);
        ImGui::GetIO().MouseDoubleClickTime = 0;  // two clicks are one of a script's only where it says so
    }
    FrameTimes times;
    int settled = 0;
    for (;;) {
        if (window.wants_to_close()) {
            if (studio.may_close()) break;
            window.keep_open();
            studio.question = Question::close;
        }
        if (script) {
            script->step();
            if (script->is_done()) break;
        }
        frame(studio, window, time_to_next_frame_s(studio, script, !options.screenshot.empty()), times);
        if (options.screenshot.empty()) continue;
        settled = studio.is_at_work() ? 0 : settled + 1;
        constexpr int frames_at_rest = 5;
        if (settled == frames_at_rest) window.take_picture(options.screenshot);
        if (settled > frames_at_rest) break;
    }
    if (options.prints_frames) fmt::print("{}\n", times.text());
    if (script && !script->failure().empty()) {
        fmt::print(stderr, "{}\n", script->failure());
        return exit_check_failed;
    }
    return exit_done;
}

}  // namespace

int run_studio(int argc, char** argv) {
    Options options;
    CLI::App app("Lathe's workstation: every edit is a finished master");
    app.add_option("ALBUM", options.album, "The album file; none: an empty window");
    app.add_option("--script", options.script,
                   "Do what a file says through mouse and keyboard, and exit with its status");
    app.add_option("--screenshot", options.screenshot, "Write the window as a PNG file once all is drawn, and exit");
    app.add_option("--view", options.view, "The large view: spectrum, spectrogram, resonances, compare or deliver");
    app.add_option("--theme", options.theme, "dark or light");
    app.add_option("--size", options.size, "Of the window in pixels, as 1280x800");
    app.add_option("--scale", options.scale, "Pixels a point; 0: the monitor's");
    app.add_option("--cache", options.cache, "Folder of what runs keep for each other, and of working files");
    app.add_option("--audio", options.audio, "The device to play through; none: nothing is heard");
    app.add_flag("--frame-times", options.prints_frames, "Print at the end what processor time the frames took");
    CLI11_PARSE(app, argc, argv);
    try {
        return run(options);
    } catch (const InputError& error) {
        fmt::print(stderr, "lathe-studio: {}\n", error.what());
        return exit_bad_input;
    } catch (const std::exception& error) {
        fmt::print(stderr, "lathe-studio: {}\n", error.what());
        return exit_system_failed;
    }
}

}  // namespace lathe
