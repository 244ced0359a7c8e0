// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/compare_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/report/table.h"

namespace lathe {
namespace {

using Json = nlohmann::ordered_json;

Json number(std::optional<double> value) { return value ? Json(*value) : Json(nullptr); }

}  // namespace

Json to_json(const Comparison& c) {
    Json json{{"lathe_json", 1},
              {"identical", c.identical},
              {"residual_rms_dbfs", number(c.residual_rms_dbfs)},
              {"residual_peak_dbfs", number(c.residual_peak_dbfs)},
              {"gain_db", c.gain_db},
              {"offset_samples", c.offset_samples}};
    json["bands"] = Json::array();
    for (const ResidualBand& band : c.bands)
        json["bands"].push_back({{"hz", band.hz}, {"residual_db", number(band.residual_db)}});
    json["spans"] = Json::array();
    for (const ResidualSpan& span : c.spans)
        json["spans"].push_back({{"from_s", span.from_s},
                                 {"to_s", span.to_s},
                                 {"gain_db", span.gain_db},
                                 {"residual_rms_dbfs", number(span.residual_rms_dbfs)}});
    return json;
}

std::string compare_text(const Comparison& c) {
    if (c.identical) return "identical\n";
    std::string text = fmt::format("B against A: gain {:+.3f} dB, {} samples {}\nresidual {} dBFS RMS, {} dBFS peak\n",
                                   c.gain_db, std::abs(c.offset_samples), c.offset_samples < 0 ? "early" : "late",
                                   fixed(c.residual_rms_dbfs, 1), fixed(c.residual_peak_dbfs, 1));
    Table bands({Table::Align::right, Table::Align::right});
    bands.add({"octave Hz", "residual dB"});
    for (const ResidualBand& band : c.bands) bands.add({fmt::format("{:g}", band.hz), fixed(band.residual_db, 1)});
    text += "\n" + bands.text();
    if (c.spans.empty()) return text;
    Table spans({Table::Align::right, Table::Align::right, Table::Align::right, Table::Align::right});
    spans.add({"from", "to", "gain dB", "residual dBFS"});
    for (const ResidualSpan& span : c.spans)
        spans.add({clock_text(span.from_s), clock_text(span.to_s), fmt::format("{:+.2f}", span.gain_db),
                   fixed(span.residual_rms_dbfs, 1)});
    return text + "\n" + spans.text();
}

Json to_json(const RenderComparison& c) {
    Json json{{"lathe_json", 1}, {"identical", c.identical()}};
    json["files"] = Json::array();
    for (const DeliverablePair& pair : c.pairs) {
        Json file{{"track", pair.track},     {"name", pair.name},    {"master", pair.master},
                  {"version", pair.version}, {"a", pair.a.string()}, {"b", pair.b.string()}};
        file["obstacle"] = pair.obstacle.empty() ? Json(nullptr) : Json(pair.obstacle);
        Json compared = to_json(pair.comparison);
        compared.erase("lathe_json");
        if (pair.obstacle.empty()) file.update(compared);
        json["files"].push_back(std::move(file));
    }
    const auto paths = [](const std::vector<std::filesystem::path>& list) {
        Json array = Json::array();
        for (const auto& path : list) array.push_back(path.string());
        return array;
    };
    json["only_a"] = paths(c.only_a);
    json["only_b"] = paths(c.only_b);
    return json;
}

std::string compare_text(const RenderComparison& c) {
    if (c.identical()) return fmt::format("identical: {} files\n", c.pairs.size());
    Table table(
        {Table::Align::left, Table::Align::left, Table::Align::right, Table::Align::right, Table::Align::right});
    table.add({"file", "delivery", "gain dB", "samples late", "residual dBFS"});
    std::string obstacles;
    for (const DeliverablePair& pair : c.pairs) {
        const std::string file = pair.b.filename().string();
        const Comparison& found = pair.comparison;
        if (!pair.obstacle.empty()) {
            table.add({file, pair.name, "", "", "not compared"});
            obstacles += pair.obstacle + "\n";
        } else if (found.identical) {
            table.add({file, pair.name, "", "", "identical"});
        } else {
            table.add({file, pair.name, fmt::format("{:+.3f}", found.gain_db), fmt::format("{}", found.offset_samples),
                       fixed(found.residual_rms_dbfs, 1)});
        }
    }
    std::string text = table.text() + obstacles;
    for (const auto& path : c.only_a) text += fmt::format("only in A: {}\n", path.string());
    for (const auto& path : c.only_b) text += fmt::format("only in B: {}\n", path.string());
    return text;
}

}  // namespace lathe
