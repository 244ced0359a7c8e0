// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/engine/processors.h"

namespace lathe {
namespace {

/// Calls f with a null pointer of each alternative's type in turn.
template <class F, std::size_t... I>
void for_each_processor(F f, std::index_sequence<I...>) {
    (f(static_cast<std::variant_alternative_t<I, ProcessorSettings>*>(nullptr)), ...);
}
template <class F>
void for_each_processor(F f) {
    for_each_processor(f, std::make_index_sequence<std::variant_size_v<ProcessorSettings>>{});
}

}  // namespace

Fields CommonSettings::fields() {
    static constexpr Field list[] = {
        bool_field<&CommonSettings::bypass>("bypass", "leave the processor out"),
        number_field<&CommonSettings::mix>("mix", "", 0, 1,
                                           "share of the processed sound: in + mix · (processed - in)"),
        choice_field<&CommonSettings::channel, channel_words>("channel", "the part of a stereo pair it works on"),
        text_field<&CommonSettings::note>("note", "a note to yourself"),
    };
    return list;
}

std::string_view type_of(const ProcessorSettings& settings) {
    return std::visit([](const auto& s) { return std::decay_t<decltype(s)>::type; }, settings);
}
Fields fields_of(const ProcessorSettings& settings) {
    return std::visit([](const auto& s) { return std::decay_t<decltype(s)>::fields(); }, settings);
}
void* address_of(ProcessorSettings& settings) {
    return std::visit([](auto& s) -> void* { return &s; }, settings);
}
const void* address_of(const ProcessorSettings& settings) {
    return std::visit([](const auto& s) -> const void* { return &s; }, settings);
}

std::vector<std::string_view> processor_types() {
    std::vector<std::string_view> types;
    for_each_processor([&](auto* none) { types.push_back(std::remove_pointer_t<decltype(none)>::type); });
    return types;
}

std::optional<ProcessorSettings> make_processor(std::string_view type) {
    std::optional<ProcessorSettings> made;
    for_each_processor([&](auto* none) {
        using Settings = std::remove_pointer_t<decltype(none)>;
        if (Settings::type == type) made = Settings{};
    });
    return made;
}

}  // namespace lathe
