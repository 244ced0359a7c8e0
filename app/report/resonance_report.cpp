// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/resonance_report.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/report/table.h"

namespace lathe {
namespace {

using Json = nlohmann::ordered_json;

std::string kind_name(ResonanceKind kind) { return kind == ResonanceKind::fixed ? "fixed" : "note"; }

double rounded(double value, int decimals) {
    const double scale = std::pow(10.0, decimals);
    return std::round(value * scale) / scale;
}

}  // namespace

Json to_json(const FileResonances& found) {
    Json json{{"lathe_json", 1}, {"path", found.info.path.string()}, {"resonances", Json::array()}};
    for (const Resonance& r : found.resonances)
        json["resonances"].push_back({{"frequency_hz", rounded(r.frequency_hz, 2)},
                                      {"q", rounded(r.q, 2)},
                                      {"gain_db", rounded(r.gain_db, 2)},
                                      {"prominence_db", rounded(r.prominence_db, 2)},
                                      {"decay_t60_s", rounded(r.decay_t60_s, 4)},
                                      {"presence", rounded(r.presence, 3)},
                                      {"kind", kind_name(r.kind)},
                                      {"note", note_name(r.frequency_hz)},
                                      {"channel", channel_words[static_cast<std::size_t>(r.channel)]},
                                      {"confidence", rounded(r.confidence, 3)},
                                      {"suggest",
                                       {{"type", "bell"},
                                        {"hz", rounded(r.frequency_hz, 2)},
                                        {"gain_db", rounded(r.cut_db, 2)},
                                        {"q", rounded(r.q, 2)},
                                        {"channel", channel_words[static_cast<std::size_t>(r.channel)]}}}});
    return json;
}

std::string resonance_text(const FileResonances& found) {
    if (found.resonances.empty()) return found.info.path.filename().string() + ": no resonances found\n";
    using Align = Table::Align;
    Table table({Align::right, Align::right, Align::left, Align::right, Align::right, Align::right, Align::right,
                 Align::left, Align::left, Align::right, Align::left});
    table.add({"#", "Hz", "note", "Q", "above dB", "T60 s", "present", "kind", "in", "sure", "suggested cut"});
    int number = 0;
    for (const Resonance& r : found.resonances)
        table.add({std::to_string(++number), fixed(r.frequency_hz, r.frequency_hz < 1000 ? 1 : 0),
                   note_name(r.frequency_hz), fixed(r.q, 1), fixed(r.prominence_db, 1), fixed(r.decay_t60_s, 3),
                   fmt::format("{:.0f} %", 100 * r.presence), kind_name(r.kind),
                   std::string(channel_words[static_cast<std::size_t>(r.channel)]), fmt::format("{:.2f}", r.confidence),
                   fmt::format("bell {} Hz {} dB Q {}", fixed(r.frequency_hz, r.frequency_hz < 1000 ? 1 : 0),
                               fixed(r.cut_db, 1), fixed(r.q, 1))});
    return table.text();
}

}  // namespace lathe
