// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/key.h"

#include <fmt/format.h>
#include <xxhash.h>

#include "app/media/audio_file.h"
#include "dsp/output/resample.h"
#include "dsp/simd/isa.h"
#include "source_hashes.h"

namespace lathe {

std::string content_hash(std::string_view text) {
    const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}
std::uint64_t short_hash(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

std::string sound_key() { return fmt::format("{} {} {}", dsp_source_hash, decoder_version(), isa_name(active_isa())); }

std::string program_key() { return fmt::format("{} {} {}", sound_key(), delivery_source_hash, resampler_version()); }

std::string GainPointKey::address() const { return content_hash(program + source + settings); }

GainPointKey gain_point_key(const Programme& programme, const SourceLibrary& library, const CompiledChain& before,
                            Frames tail, std::string_view precision) {
    std::string source;
    for (const ProgrammePart& part : programme.parts)
        source += fmt::format("{}@{}+{} {:.17g};", library.source(part.source).hash, part.source_from, part.frames,
                              part.track->info.input_db);
    return {content_hash(fmt::format("{} {}", sound_key(), precision)), content_hash(source),
            content_hash(fmt::format("tail {}; {}", tail, before.settings_key))};
}

std::string master_key(const std::string& gain_point_key, std::span<const double> gains_db, const CompiledChain& after,
                       std::span<const Fade> fades) {
    std::string text = gain_point_key;
    for (const double gain_db : gains_db) text += fmt::format(" {:.17g}", gain_db);
    for (const Fade& fade : fades)
        text += fmt::format(" fade {} {} {}+{}", static_cast<int>(fade.direction), static_cast<int>(fade.shape),
                            fade.first, fade.frames);
    return content_hash(text + " " + after.settings_key);
}

}  // namespace lathe
