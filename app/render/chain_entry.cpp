// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/chain_entry.h"

namespace lathe {
namespace {

/// Every field and its value, in order.
std::string settings_text(Fields fields, const void* settings) {
    std::string text;
    for (const Field& field : fields) {
        if (field.kind != FieldKind::tables) {
            text += fmt::format("{}={};", field.name, to_toml(field.get(settings)));
            continue;
        }
        for (std::size_t i = 0; i < field.count(settings); ++i)
            text += fmt::format("{}[{}]{{{}}};", field.name, i,
                                settings_text(field.element_fields(), field.row(const_cast<void*>(settings), i)));
    }
    return text;
}

}  // namespace

std::string key_of(const ReverbSettings& settings, SourceLibrary& library) {
    return settings_text(ReverbSettings::fields(), &settings) +
           (settings.ir.empty() ? "" : library.response(settings.ir).hash);
}

std::string key_of(const ChainEntry& entry, SourceLibrary& library) {
    const auto* const reverb = std::get_if<ReverbSettings>(&entry.settings);
    return fmt::format(
        "{}({} {:.17g} {})", type_of(entry.settings), static_cast<int>(entry.common.channel), entry.common.mix,
        reverb ? key_of(*reverb, library) : settings_text(fields_of(entry.settings), address_of(entry.settings)));
}

void check_part(const CommonSettings& common, int channels) {
    if (common.channel != Channel::stereo && channels != 2)
        throw BadSetting(fmt::format("channel = \"{}\" needs two channels, not {}",
                                     channel_words[static_cast<std::size_t>(common.channel)], channels));
}

int worked_channels(const CommonSettings& common, int channels) {
    return common.channel == Channel::stereo ? channels : 1;
}

}  // namespace lathe
