// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/info_text.h"

#include <fmt/format.h>

#include <cmath>

#include "app/report/table.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

std::string inline_table(Fields fields, const void* settings) {
    std::string text;
    for (const Field& field : fields) {
        const std::string value = to_toml(field.get(settings));
        if (value.empty() || value == "\"\"") continue;
        text += fmt::format("{}{} = {}", text.empty() ? " " : ", ", field.name, value);
    }
    return "{" + text + " }";
}

std::string range_of(const Field& field) {
    if (!field.choices.empty() && field.kind == FieldKind::choice)
        return fmt::format("{}", fmt::join(field.choices, " | "));
    if (field.kind == FieldKind::boolean) return "true | false";
    if (std::isinf(field.min) && std::isinf(field.max)) return std::string(field.unit);
    std::string range = fmt::format("{} … {}", std::isinf(field.min) ? "-inf" : fmt::format("{}", field.min),
                                    std::isinf(field.max) ? "inf" : fmt::format("{}", field.max));
    if (!field.unit.empty()) range += " " + std::string(field.unit);
    if (!field.choices.empty()) range += fmt::format(" or {}", fmt::join(field.choices, ", "));
    return range;
}

/// key = value lines, one a field; empty texts and optional fields that are left out do not show.
std::string lines_of(Fields fields, const void* settings, bool explain) {
    std::string text;
    for (const Field& field : fields) {
        if (field.kind == FieldKind::tables) {
            text += fmt::format("{} = [\n", field.name);
            for (std::size_t i = 0; i < field.count(settings); ++i)
                text += "  " + inline_table(field.element_fields(), field.row(const_cast<void*>(settings), i)) + ",\n";
            text += "]\n";
            continue;
        }
        const std::string value = to_toml(field.get(settings));
        if (value.empty() || value == "\"\"") continue;
        const std::string line = fmt::format("{} = {}", field.name, value);
        text += explain ? fmt::format("{:<36}# {} ({})\n", line, field.help, range_of(field)) : line + "\n";
    }
    return text;
}

std::string chain_text(const std::vector<ChainSlot>& chain, const char* header, bool explain) {
    std::string text;
    for (const ChainSlot& slot : chain) {
        text += fmt::format("\n{}\n", header);
        if (slot.kind != ChainSlot::Kind::processor) {
            text += fmt::format("type = \"{}\"\n", slot.kind == ChainSlot::Kind::gain_point ? "gain_point" : "track");
            continue;
        }
        text += fmt::format("id = \"{}\"\ntype = \"{}\"\n", slot.entry.id, type_of(slot.entry.settings));
        text += lines_of(CommonSettings::fields(), &slot.entry.common, explain);
        text += lines_of(fields_of(slot.entry.settings), address_of(slot.entry.settings), explain);
    }
    return text;
}

std::string overrides_text(const std::vector<Override>& overrides, const char* header) {
    if (overrides.empty()) return "";
    std::string text = fmt::format("{}\n", header);
    for (const Override& o : overrides) text += fmt::format("{} = {}\n", o.path, to_toml(o.value));
    return text;
}

}  // namespace

std::string info_text(const Album& album, bool explain) {
    std::string text = "lathe = 1\n\n[album]\n" + lines_of(AlbumInfo::fields(), &album.info, explain) +
                       lines_of(MasterTarget::fields(), &album.main().target, explain);
    text += chain_text(album.chain, "[[chain]]", explain);
    for (const Track& track : album.tracks) {
        text +=
            fmt::format("\n[[track]]\nid = \"{}\"\n", track.id) + lines_of(TrackInfo::fields(), &track.info, explain);
        text += chain_text(track.chain, "[[track.chain]]", explain);
        text += overrides_text(track.overrides, "[track.set]");
        for (const Version& version : track.versions)
            text += "[[track.version]]\n" + lines_of(VersionInfo::fields(), &version.info, explain) +
                    overrides_text(version.overrides, "[track.version.set]");
        for (const Note& note : track.notes) text += "[[track.note]]\n" + lines_of(Note::fields(), &note, explain);
    }
    for (const Reference& reference : album.references)
        text += "\n[[reference]]\n" + lines_of(ReferenceInfo::fields(), &reference.info, explain);
    for (std::size_t i = 1; i < album.masters.size(); ++i) {
        const Master& master = album.masters[i];
        text += fmt::format("\n[[master]]\nname = \"{}\"\n", master.name) +
                lines_of(MasterTarget::fields(), &master.target, explain);
        if (!master.skip.empty()) text += fmt::format("skip = {}\n", to_toml(master.skip));
        text += overrides_text(master.overrides, "[master.set]");
    }
    for (const Delivery& delivery : album.deliveries)
        text += fmt::format("\n[[deliver]]\nname = \"{}\"\n", delivery.name) +
                lines_of(DeliverSettings::fields(), &delivery.settings, explain);
    return text;
}

std::string processor_help(std::string_view type) {
    const std::optional<ProcessorSettings> made = make_processor(type);
    if (!made) {
        const auto types = processor_types();
        const std::string near = nearest_name(type, types);
        throw InputError(fmt::format("no processor \"{}\"{} ({})", type,
                                     near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near),
                                     fmt::join(types, ", ")));
    }
    Table table({Table::Align::left, Table::Align::left, Table::Align::left, Table::Align::left});
    table.add({"key", "default", "range", ""});
    const auto add = [&](auto&& self, Fields fields, const void* defaults, const std::string& indent) -> void {
        for (const Field& field : fields) {
            if (field.kind != FieldKind::tables) {
                table.add({indent + std::string(field.name), to_toml(field.get(defaults)), range_of(field),
                           std::string(field.help)});
                continue;
            }
            table.add({indent + std::string(field.name), "",
                       fmt::format("{} … {} entries", field.min_count, field.max_count), std::string(field.help)});
            ProcessorSettings one = *made;
            field.resize(address_of(one), 1);
            self(self, field.element_fields(), field.row(address_of(one), 0), indent + "  ");
        }
    };
    add(add, fields_of(*made), address_of(*made), "");
    const CommonSettings common;
    add(add, CommonSettings::fields(), &common, "");
    return fmt::format("type = \"{}\"\n", type) + table.text();
}

std::string measure_text(const std::vector<FileMeasurement>& files) {
    using Align = Table::Align;
    Table table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                 Align::right, Align::right, Align::right, Align::right, Align::right, Align::right});
    table.add(
        {"file", "format", "time", "LUFS", "M max", "S max", "LRA", "dBTP", "dBFS", "PLR", "DC", "clipped", "corr"});
    for (const FileMeasurement& m : files) {
        double dc = 0;
        for (const double offset : m.dc_offset)
            if (std::abs(offset) > std::abs(dc)) dc = offset;
        table.add({m.info.path.filename().string(),
                   fmt::format("{} {:g}k {}ch", m.info.container, m.info.sample_rate / 1000.0, m.info.channels),
                   clock_text(m.info.duration_s()), fixed(m.integrated_lufs, 1), fixed(m.momentary_max_lufs, 1),
                   fixed(m.short_term_max_lufs, 1), fixed(m.loudness_range_lu, 1), fixed(m.true_peak_dbtp, 2),
                   fixed(m.sample_peak_dbfs, 2), fixed(m.plr_lu, 1), fmt::format("{:.5f}", dc),
                   std::to_string(m.clipped_samples), m.correlation ? fmt::format("{:.2f}", *m.correlation) : ""});
    }
    return table.text();
}

}  // namespace lathe
