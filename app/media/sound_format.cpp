// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/sound_format.h"

#include <algorithm>
#include <cctype>

namespace lathe {
namespace {

int subtype(SampleFormat format) {
    switch (format) {
        case SampleFormat::pcm8:
            return SF_FORMAT_PCM_S8;
        case SampleFormat::pcm16:
            return SF_FORMAT_PCM_16;
        case SampleFormat::pcm24:
            return SF_FORMAT_PCM_24;
        case SampleFormat::pcm32:
            return SF_FORMAT_PCM_32;
        case SampleFormat::float32:
            return SF_FORMAT_FLOAT;
        case SampleFormat::float64:
            return SF_FORMAT_DOUBLE;
        case SampleFormat::lossy:
            break;
    }
    return 0;
}

int sndfile_format(const WriteFormat& format) {
    switch (format.container) {
        // The extensible header only where the channels need a mask: the plain one is read everywhere.
        case Container::wav:
            return (format.channels > 2 ? SF_FORMAT_WAVEX : SF_FORMAT_WAV) | subtype(format.format);
        case Container::aiff:
            return SF_FORMAT_AIFF | subtype(format.format);
        case Container::flac:
            return SF_FORMAT_FLAC | subtype(format.format);
        case Container::mp3:
            return SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
        case Container::vorbis:
            return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
        case Container::opus:
            return SF_FORMAT_OGG | SF_FORMAT_OPUS;
    }
    return 0;
}

}  // namespace

std::string container_name(int sndfile_format) {
    switch (sndfile_format & SF_FORMAT_TYPEMASK) {
        case SF_FORMAT_WAV:
        case SF_FORMAT_WAVEX:
            return "wav";
        case SF_FORMAT_RF64:
            return "rf64";
        case SF_FORMAT_MPEG:
            return "mp3";
        case SF_FORMAT_OGG:
            if ((sndfile_format & SF_FORMAT_SUBMASK) == SF_FORMAT_VORBIS) return "vorbis";
            if ((sndfile_format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS) return "opus";
            return "ogg";
        default:
            break;
    }
    SF_FORMAT_INFO info{};
    info.format = sndfile_format & SF_FORMAT_TYPEMASK;
    if (sf_command(nullptr, SFC_GET_FORMAT_INFO, &info, sizeof info) != 0 || info.extension == nullptr) return "audio";
    return info.extension;
}

SampleFormat sample_format(int sndfile_format) {
    switch (sndfile_format & SF_FORMAT_SUBMASK) {
        case SF_FORMAT_PCM_S8:
        case SF_FORMAT_PCM_U8:
            return SampleFormat::pcm8;
        case SF_FORMAT_PCM_16:
        case SF_FORMAT_ALAC_16:
        case SF_FORMAT_DWVW_12:
        case SF_FORMAT_DWVW_16:
            return SampleFormat::pcm16;
        case SF_FORMAT_PCM_24:
        case SF_FORMAT_ALAC_20:
        case SF_FORMAT_ALAC_24:
        case SF_FORMAT_DWVW_24:
            return SampleFormat::pcm24;
        case SF_FORMAT_PCM_32:
        case SF_FORMAT_ALAC_32:
            return SampleFormat::pcm32;
        case SF_FORMAT_FLOAT:
            return SampleFormat::float32;
        case SF_FORMAT_DOUBLE:
            return SampleFormat::float64;
        default:
            return SampleFormat::lossy;
    }
}

bool is_coded(int sndfile_format) {
    if ((sndfile_format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC) return true;
    switch (sndfile_format & SF_FORMAT_SUBMASK) {
        case SF_FORMAT_PCM_S8:
        case SF_FORMAT_PCM_U8:
        case SF_FORMAT_PCM_16:
        case SF_FORMAT_PCM_24:
        case SF_FORMAT_PCM_32:
        case SF_FORMAT_FLOAT:
        case SF_FORMAT_DOUBLE:
            return false;
        default:
            return true;
    }
}

SF_INFO sndfile_info(const WriteFormat& format) {
    SF_INFO info{};
    info.format = sndfile_format(format);
    info.channels = format.channels;
    info.samplerate = format.sample_rate;
    return info;
}

std::string plain_words(const char* message) {
    std::string words = message;
    std::replace(words.begin(), words.end(), '\n', ' ');
    while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
    if (words.size() > 1 && std::islower(static_cast<unsigned char>(words[1])))
        words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));
    return words;
}

}  // namespace lathe
