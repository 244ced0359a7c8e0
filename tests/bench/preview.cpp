// SPDX-License-Identifier: GPL-3.0-or-later
// bench_preview ALBUM [EDITS]: how long an edit of an EQ band takes to the final loudness and true peak of the first
// track, in seconds, edit by edit; the first line is the opening of the album. Cache off.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "app/render/preview.h"
#include "app/session/album_file.h"

using namespace lathe;

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const Album album = read_album(argv[1]);
    const int edits = argc > 2 ? std::atoi(argv[2]) : 8;
    PreviewMemory memory(std::filesystem::temp_directory_path());
    const std::string track = album.tracks.front().id;
    for (int i = 0; i <= edits; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const Edit edit{"eq.bands.2.gain_db", fmt::format("{}", -1.5 - 0.1 * i)};
        const Album edited = i == 0 ? album : with_edits(album, std::vector<Edit>{edit});
        RenderProgress progress;
        const Cancel cancel;
        RenderOptions options;
        options.spill_folder = std::filesystem::temp_directory_path();
        Preview preview(edited, {}, options, memory, progress, cancel);
        const std::chrono::duration<double> compiled = std::chrono::steady_clock::now() - start;
        preview.solve(track);
        const std::chrono::duration<double> solved = std::chrono::steady_clock::now() - start;
        const KeptPreview made = preview.render(track).front();
        const std::chrono::duration<double> done = std::chrono::steady_clock::now() - start;
        fmt::print("{:.3f} s (compiled {:.3f}, solved {:.3f}): {:.2f} LUFS, {:.2f} dBTP\n", done.count(),
                   compiled.count(), solved.count(), made->result.measured.integrated_lufs.value_or(0),
                   made->result.measured.true_peak_dbtp.value_or(0));
    }
}
