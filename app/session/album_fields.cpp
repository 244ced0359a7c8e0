// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/album.h"

namespace lathe {

Fields AlbumInfo::fields() {
    static constexpr Field list[] = {
        text_field<&AlbumInfo::title>("title", "the album's title"),
        text_field<&AlbumInfo::artist>("artist", "the artist of every track that names none"),
        text_field<&AlbumInfo::album_artist>("album_artist", "the artist of the album as a whole"),
        text_field<&AlbumInfo::upc>("upc", "the album's UPC or EAN, 12 or 13 digits, in quotes"),
        text_field<&AlbumInfo::catalog>("catalog", "the label's catalogue number"),
        text_field<&AlbumInfo::date>("date", "the day or year of release, as \"2024-05-31\" or \"2024\""),
        text_field<&AlbumInfo::genre>("genre", "the genre"),
        text_field<&AlbumInfo::label>("label", "the label"),
        text_field<&AlbumInfo::copyright>("copyright", "the copyright line"),
        text_field<&AlbumInfo::comment>("comment", "a comment that goes into the files"),
        number_field<&AlbumInfo::disc>("disc", "", 0, 99, "the number of the disc; 0 for none"),
        text_field<&AlbumInfo::revision>("revision", "which revision of the master this is"),
        text_field<&AlbumInfo::notes>("notes", "notes to yourself"),
        text_field<&AlbumInfo::isrc_prefix>("isrc_prefix", "what the tracks' ISRCs begin with"),
        choice_field<&AlbumInfo::mono, mono_words>(
            "mono", "single measures mono as one channel, dual as the two it is heard from"),
        number_field<&AlbumInfo::seed>("seed", "", 0, 2147483647, "seed of the dither; another one gives other noise"),
    };
    return list;
}

Fields MasterTarget::fields() {
    static constexpr Field list[] = {
        number_field<&MasterTarget::loudness_lufs>("loudness_lufs", "LUFS", -70, 0,
                                                   "integrated loudness to meet; leave out for none"),
        number_field<&MasterTarget::true_peak_dbtp>("true_peak_dbtp", "dBTP", -60, 24,
                                                    "ceiling of every deliverable, as delivered; leave out for none"),
        choice_field<&MasterTarget::normalize, normalize_words>(
            "normalize",
            "album: one gain for all, loudest: one gain by the loudest track, track: a gain for each, off: only the "
            "gains written here; "
            "default album where a loudness is given, else off"),
        number_field<&MasterTarget::gain_db>("gain_db", "dB", -96, 96, "added to every track at the gain point"),
    };
    return list;
}

Fields Master::fields() {
    static constexpr Field list[] = {
        text_field<&Master::name>("name", "what deliveries call it by"),
        text_list_field<&Master::skip>("skip", "the ids of processors left out"),
    };
    return list;
}

Fields Track::fields() {
    static constexpr Field list[] = {
        text_field<&Track::id>("id", "what the track is called by; default: its position"),
    };
    return list;
}

Fields TrackInfo::fields() {
    static constexpr double longest_fade_ms = 3600e3;
    static constexpr Field list[] = {
        text_field<&TrackInfo::title>("title",
                                      "the track's title; default: the source's name without its leading number"),
        text_field<&TrackInfo::artist>("artist", "the artist; default: the album's"),
        text_field<&TrackInfo::isrc>("isrc", "the recording's ISRC"),
        text_field<&TrackInfo::composer>("composer", "the composer"),
        text_field<&TrackInfo::comment>("comment", "a comment that goes into the file"),
        text_field<&TrackInfo::side>("side", "the side of the record it is on"),
        number_field<&TrackInfo::disc>("disc", "", 0, 99, "the number of the disc; 0: the album's"),
        text_field<&TrackInfo::source>("source", "the mix: an audio file"),
        number_field<&TrackInfo::input_db>("input_db", "dB", -96, 96,
                                           "level change before all processing: what the chain is driven with"),
        number_field<&TrackInfo::gain_db>("gain_db", "dB", -96, 96, "level change at the gain point, in every mode"),
        time_field<&TrackInfo::start>("start", "where in the source the track begins"),
        time_field<&TrackInfo::end>("end", "where in the source it ends; default: at the source's end"),
        number_field<&TrackInfo::fade_in_ms>("fade_in_ms", "ms", 0, longest_fade_ms, "length of the fade at its start"),
        number_field<&TrackInfo::fade_out_ms>("fade_out_ms", "ms", 0, longest_fade_ms, "length of the fade at its end"),
        choice_field<&TrackInfo::fade_in_shape, fade_shapes>("fade_in_shape", "the curve of the fade at its start"),
        choice_field<&TrackInfo::fade_out_shape, fade_shapes>("fade_out_shape", "the curve of the fade at its end"),
        number_field<&TrackInfo::gap_s>("gap_s", "s", -600, 3600,
                                        "silence between the track before and this one; negative: an overlap"),
        bool_field<&TrackInfo::segue>("segue", "joined to the track before: one programme with it"),
    };
    return list;
}

Fields VersionInfo::fields() {
    static constexpr Field list[] = {
        text_field<&VersionInfo::name>("name", "what deliveries call it by"),
        text_field<&VersionInfo::source>("source", "its audio file; default: the track's"),
        text_field<&VersionInfo::title>("title", "its title; default: the track's with the version's name in brackets"),
        text_field<&VersionInfo::isrc>("isrc", "the recording's ISRC"),
        time_field<&VersionInfo::start>("start", "where in the source it begins; default: as the track"),
        time_field<&VersionInfo::end>("end", "where in the source it ends; default: as the track"),
        choice_field<&VersionInfo::gain, version_gains>(
            "gain", "main takes the main version's solved gain, own has it solved by itself"),
    };
    return list;
}

Fields Note::fields() {
    static constexpr Field list[] = {
        time_field<&Note::at>("at", "where in the source"),
        text_field<&Note::text>("text", "what is to be heard or done there"),
        text_field<&Note::from>("from", "who says so"),
        bool_field<&Note::done>("done", "whether it is dealt with"),
    };
    return list;
}

Fields ReferenceInfo::fields() {
    static constexpr Field list[] = {
        text_field<&ReferenceInfo::source>("source", "the audio file to compare with"),
        text_field<&ReferenceInfo::title>(
            "title", "what it is called by; default: the source's name without its leading number"),
        time_field<&ReferenceInfo::start>("start", "where in the source the part to compare with begins"),
        time_field<&ReferenceInfo::end>("end", "where in the source it ends; default: at the source's end"),
        number_field<&ReferenceInfo::trim_db>("trim_db", "dB", -96, 96, "level change when it is played"),
    };
    return list;
}

Fields Delivery::fields() {
    static constexpr Field list[] = {
        text_field<&Delivery::name>("name", "what the delivery is called by; default: its dir, or its format"),
    };
    return list;
}

Fields DeliverSettings::fields() {
    static constexpr std::string_view float_word[] = {"float"};
    static constexpr Field list[] = {
        text_field<&DeliverSettings::master>("master", "which master"),
        choice_field<&DeliverSettings::format, deliver_formats>("format", "the kind of file"),
        number_field<&DeliverSettings::bits>(
            "bits", "", 16, 32, "16, 24, 32 or \"float\"; without meaning for mp3, vorbis and opus", float_word),
        number_field<&DeliverSettings::sample_rate>("sample_rate", "Hz", 8000, 384000,
                                                    "default: the source's; of an album in one file the highest"),
        number_field<&DeliverSettings::kbps>("kbps", "kbit/s", 6, 512, "bit rate of mp3, vorbis and opus"),
        choice_field<&DeliverSettings::dither, dither_words>(
            "dither", "the noise that takes the place of rounding errors, where bits are lost"),
        text_field<&DeliverSettings::dir>("dir", "the folder of the files"),
        text_field<&DeliverSettings::file>("file",
                                           "the files' names, with {number:02}, {title}, {artist}, {album}, … in them"),
        choice_field<&DeliverSettings::layout, layout_words>("layout", "a file per track, or the album in one"),
        choice_field<&DeliverSettings::gaps, gaps_words>(
            "gaps", "where the silence between tracks goes: the end of the file before, the start, or nowhere"),
        text_list_field<&DeliverSettings::versions>("versions", "main and the names of others"),
        text_list_field<&DeliverSettings::tracks>("tracks", "the ids of the tracks; default: all"),
        choice_field<&DeliverSettings::metadata, metadata_words>("metadata",
                                                                 "how much of the album's text goes into the files"),
    };
    return list;
}

}  // namespace lathe
