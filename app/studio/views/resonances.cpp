// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/resonances.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/studio/shell/quantity.h"
#include "app/studio/views/piano_ruler.h"

namespace lathe {

std::shared_ptr<const FileResonances> resonances_of_song(Studio& studio) {
    const Track* const track = studio.current_track();
    return track ? studio.analyses.resonances(studio.source_sound()) : nullptr;
}

const Resonance* chosen_of(const Studio& studio, const FileResonances& found) {
    const auto at = std::find_if(found.resonances.begin(), found.resonances.end(),
                                 [&](const Resonance& r) { return r.frequency_hz == studio.chosen_resonance_hz; });
    return at == found.resonances.end() ? nullptr : &*at;
}

void step_resonance(Studio& studio, int by) {
    const auto found = resonances_of_song(studio);
    if (!found || found->resonances.empty()) return studio.say("no resonances are known of this song yet");
    const auto count = std::ssize(found->resonances);
    const Resonance* const chosen = chosen_of(studio, *found);
    const auto at = chosen ? std::clamp<std::ptrdiff_t>(chosen - found->resonances.data() + by, 0, count - 1) : 0;
    const Resonance& next = found->resonances[static_cast<std::size_t>(at)];
    studio.chosen_resonance_hz = next.frequency_hz;
    if (studio.monitoring.solo) studio.monitoring.solo = SoloBand{next.frequency_hz, next.q};
    studio.say(fmt::format("resonance {} of {}: {} ({}), confidence {:.2f}", at + 1, count,
                           quantity_text(next.frequency_hz, "Hz"), note_text(next.frequency_hz), next.confidence));
}

void toggle_solo(Studio& studio) {
    if (studio.monitoring.solo) return studio.monitoring.solo.reset();
    const auto found = resonances_of_song(studio);
    const Resonance* const chosen = found ? chosen_of(studio, *found) : nullptr;
    if (!chosen) return studio.say("choose a resonance first: N takes the next one");
    studio.monitoring.solo = SoloBand{chosen->frequency_hz, chosen->q};
}

void toggle_cut(Studio& studio, const Resonance& resonance) {
    const Track* const track = studio.current_track();
    if (!track) return;
    const std::string at = quantity_text(resonance.frequency_hz, "Hz");
    if (const auto cut = find_cut(studio.album(), *track, resonance.frequency_hz))
        studio.edit("take back the cut at " + at, uncut_edits(*track, *cut));
    else
        studio.edit("cut the resonance at " + at,
                    cut_edits(studio.album(), *track, resonance, studio.edited == Owner::song));
}

void toggle_chosen_cut(Studio& studio) {
    const auto found = resonances_of_song(studio);
    if (const Resonance* const chosen = found ? chosen_of(studio, *found) : nullptr) toggle_cut(studio, *chosen);
}

}  // namespace lathe
