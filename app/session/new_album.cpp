// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/new_album.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/session/album_file.h"
#include "app/session/text_lines.h"
#include "app/session/text_patch.h"
#include "app/session/track_reader.h"

namespace lathe {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view own_targets =
    R"(loudness_lufs = -14.0   # integrated loudness of the album; leave out for none
true_peak_dbtp = -1.0   # ceiling of every file, as delivered; leave out for none
# normalize = "track"   # brings every track to the loudness; "album", the default, keeps their balance; also "loudest", "off"
)";

constexpr std::string_view own_chain = R"(# The mastering chain, in this order. Take the # away to begin with an EQ:
# [[chain]]
# type = "eq"
# bands = [ { type = "high_pass", hz = 24, slope_db_oct = 24 },
#           { name = "mud", type = "bell", hz = 240, gain_db = -1.5, q = 1.2 },
#           { name = "air", type = "high_shelf", hz = 9000, gain_db = 1.0 } ]

[[chain]]
type = "limiter"        # takes its ceiling from true_peak_dbtp
)";

constexpr std::string_view own_delivery = R"([[deliver]]
dir = "masters"
format = "wav"
bits = 24
file = "{number:02} {title}"
)";

std::string quoted(const std::string& text) { return to_toml(Value(text)); }

/// The folder with its links resolved, so that ".." leads where it says; what does not exist yet stays as it is.
fs::path real_folder(const fs::path& folder) { return fs::weakly_canonical(fs::absolute(folder)); }

std::string path_seen_from(const fs::path& folder, const fs::path& file) {
    const fs::path real = real_folder(fs::absolute(file).lexically_normal().parent_path()) / file.filename();
    const fs::path relative = real.lexically_relative(real_folder(folder));
    return (relative.empty() ? real : relative).generic_string();
}

std::string name_of(const fs::path& dir) {
    const fs::path folder = (fs::absolute(dir) / "").lexically_normal().parent_path();
    return folder.has_filename() ? folder.filename().string() : "Album";
}

std::string tracks_text(const fs::path& dir, std::span<const fs::path> files) {
    std::string text;
    for (const fs::path& file : files)
        text += fmt::format("[[track]]\ntitle = {}\nsource = {}\n\n", quoted(title_of_source(file)),
                            quoted(path_seen_from(dir, file)));
    return text;
}

/// What of a template's text goes over: the target lines of [album], and everything under these headers.
struct TemplateParts {
    std::string targets, top, chain, outputs;
};

TemplateParts parts_of(std::string_view text) {
    constexpr std::array<std::string_view, 4> targets{"loudness_lufs", "true_peak_dbtp", "normalize", "mono"};
    const auto lines_of = [&](const TextEntry& entry) {
        const std::size_t begin = line_begin(text, entry.key.begin);
        return text.substr(begin, after_line_of(text, entry.value) - begin);
    };
    TemplateParts parts;
    const std::vector<TextSection> sections = sections_of(text);
    for (const TextEntry& entry : sections.front().entries)
        if (const std::string& key = entry.keys.front(); key == "chain" || key == "master" || key == "deliver")
            parts.top += lines_of(entry);
    for (std::size_t i = 1; i < sections.size(); ++i) {
        const std::string& key = std::get<std::string>(sections[i].path.front());
        if (key == "album")
            for (const TextEntry& entry : sections[i].entries)
                if (std::find(targets.begin(), targets.end(), entry.keys.front()) != targets.end())
                    parts.targets += lines_of(entry);
        const std::size_t begin = begin_with_comment(text, sections[i].header);
        const std::size_t end =
            i + 1 < sections.size() ? begin_with_comment(text, sections[i + 1].header) : text.size();
        if (key == "chain") parts.chain += text.substr(begin, end - begin);
        if (key == "master" || key == "deliver") parts.outputs += text.substr(begin, end - begin);
    }
    return parts;
}

/// What cannot go over as it stands: files are seen from another folder, and other tracks and versions are there.
std::string adapted(std::string text, const Album& from, const fs::path& dir) {
    const auto seen_from_dir = [&](const std::string& ir) {
        return quoted(path_seen_from(dir, resolved_path(from, ir)));
    };
    for (std::size_t i = 0; i < from.chain.size(); ++i)
        if (const auto* reverb = std::get_if<ReverbSettings>(&from.chain[i].entry.settings);
            reverb && !reverb->ir.empty())
            text = with_value(text, {"chain", i, "ir"}, seen_from_dir(reverb->ir));
    for (std::size_t m = 1; m < from.masters.size(); ++m)
        for (const Override& each : from.masters[m].overrides)
            if (const std::string id = each.path.substr(0, each.path.find('.')); each.path == id + ".ir")
                text = with_value(text, {"master", m - 1, "set", id, "ir"},
                                  seen_from_dir(std::get<std::string>(each.value)));
    for (std::size_t i = 0; i < from.deliveries.size(); ++i) {
        const DeliverSettings& settings = from.deliveries[i].settings;
        if (settings.versions != std::vector<std::string>{"main"})
            text = with_value(text, {"deliver", i, "versions"}, R"(["main"])");
        if (!settings.tracks.empty()) text = with_value(text, {"deliver", i, "tracks"}, "[]");
    }
    return text;
}

/// A part of the new file: with one empty line behind it, or nothing.
std::string block(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text.empty() ? text : text + "\n\n";
}

}  // namespace

std::string new_album_text(const fs::path& dir, std::span<const fs::path> files, const Album* template_album) {
    TemplateParts parts{std::string(own_targets), {}, std::string(own_chain), std::string(own_delivery)};
    if (template_album) {
        std::string text = template_album->text;
        text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
        parts = parts_of(text);
    }
    std::string text = block(fmt::format(
        "# An album. \"lathe render album.toml\" makes its masters; \"lathe info album.toml\" shows every setting.\n"
        "lathe = 1\n{}",
        parts.top));
    text += block(fmt::format("[album]\ntitle = {}\nartist = \"\"\n{}", quoted(name_of(dir)), parts.targets));
    text += block(parts.chain) + tracks_text(dir, files) + block(parts.outputs);
    while (text.ends_with("\n\n")) text.pop_back();
    if (template_album) text = adapted(std::move(text), *template_album, dir);
    parse_album(text, dir / "album.toml");
    return text;
}

}  // namespace lathe
