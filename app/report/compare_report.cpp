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

}  // namespace lathe
