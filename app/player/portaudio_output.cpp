// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/portaudio_output.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <portaudio.h>

#include <mutex>

#include "dsp/core/error.h"

namespace lathe {
namespace {

std::mutex portaudio_mutex;  ///< opening, closing and listing are not safe in several threads

extern "C" {
void say_nothing(const char*, int, const char*, int, const char*, ...) {}
void say_nothing_either(const char*) {}
}

/// ALSA and JACK print a page about every device that is not there. PortAudio has them loaded where it uses them.
void hush_backends() {
    if (const auto set = reinterpret_cast<int (*)(void (*)(const char*, int, const char*, int, const char*, ...))>(
            dlsym(RTLD_DEFAULT, "snd_lib_error_set_handler")))
        set(say_nothing);
    for (const char* name : {"jack_set_error_function", "jack_set_info_function"})
        if (const auto set = reinterpret_cast<void (*)(void (*)(const char*))>(dlsym(RTLD_DEFAULT, name)))
            set(say_nothing_either);
}

PaError initialise() {
    hush_backends();
    return Pa_Initialize();
}

/// Of the device; paNoDevice if there is none of that name.
PaDeviceIndex find_device(const std::string& name) {
    if (name.empty()) return Pa_GetDefaultOutputDevice();
    for (PaDeviceIndex d = 0; d < Pa_GetDeviceCount(); ++d)
        if (const PaDeviceInfo* const info = Pa_GetDeviceInfo(d); info->maxOutputChannels >= 2 && info->name == name)
            return d;
    return paNoDevice;
}

int ask(const void*, void* out, unsigned long frames, const PaStreamCallbackTimeInfo* time, PaStreamCallbackFlags,
        void* self) {
    static_cast<PortAudioOutput*>(self)->fill(static_cast<float*>(out), static_cast<Frames>(frames),
                                              time->outputBufferDacTime - time->currentTime);
    return paContinue;
}

}  // namespace

std::vector<std::string> PortAudioOutput::list_devices() {
    const std::lock_guard lock(portaudio_mutex);
    std::vector<std::string> names;
    if (initialise() != paNoError) return names;
    for (PaDeviceIndex d = 0; d < Pa_GetDeviceCount(); ++d)
        if (const PaDeviceInfo* const info = Pa_GetDeviceInfo(d); info->maxOutputChannels >= 2)
            names.emplace_back(info->name);
    Pa_Terminate();
    return names;
}

void PortAudioOutput::start(double rate, Render render) {
    stop();
    const std::lock_guard lock(portaudio_mutex);
    const auto check = [](PaError error, const std::string& what) {
        if (error != paNoError) throw SystemError(fmt::format("{}: {}", what, Pa_GetErrorText(error)));
    };
    check(initialise(), "no sound");
    initialised_ = true;
    const PaDeviceIndex device = find_device(device_);
    if (device == paNoDevice)
        throw SystemError(device_.empty() ? "no sound device was found"
                                          : fmt::format("sound device \"{}\" was not found", device_));
    const PaDeviceInfo* const info = Pa_GetDeviceInfo(device);
    name_ = info->name;

    render_ = std::move(render);
    finished_ = false;
    const double wanted_latency =
        std::max(info->defaultLowOutputLatency, 0.03);  // shorter ones stutter behind sound servers
    const PaStreamParameters parameters{device, 2, paFloat32, wanted_latency, nullptr};
    PaStream* stream = nullptr;
    const std::string what = fmt::format("sound device \"{}\" at {} Hz", name_, rate);
    check(Pa_OpenStream(&stream, nullptr, &parameters, rate, block_frames, paClipOff | paDitherOff, ask, this), what);
    stream_ = stream;
    check(
        Pa_SetStreamFinishedCallback(stream, [](void* self) { static_cast<PortAudioOutput*>(self)->finished_ = true; }),
        what);
    latency_ = Pa_GetStreamInfo(stream)->outputLatency;
    asked_at_ = clock_seconds();
    check(Pa_StartStream(stream), what);
}

void PortAudioOutput::stop() noexcept {
    const std::lock_guard lock(portaudio_mutex);
    if (stream_) {
        Pa_AbortStream(stream_);
        Pa_CloseStream(stream_);
        stream_ = nullptr;
    }
    if (initialised_) Pa_Terminate();
    initialised_ = false;
}

std::string PortAudioOutput::failure() {
    const double now = clock_seconds();
    const std::uint64_t asked = asked_;
    if (asked != asked_before_) {
        asked_before_ = asked;
        asked_at_ = now;
    }
    if (!finished_ && now - asked_at_ < 2) return {};
    return fmt::format("sound device \"{}\" went away", name_);
}

void PortAudioOutput::fill(float* interleaved, Frames frames, double seconds_ahead) {
    const double heard_at = clock_seconds() + (seconds_ahead > 0 && seconds_ahead < 1 ? seconds_ahead : latency_);
    asked_.fetch_add(1, std::memory_order_relaxed);
    for (Frames at = 0; at < frames; at += block_frames) {
        const Frames count = std::min(block_frames, frames - at);
        render_(block_.view().slice(0, count), heard_at);
        for (Frames n = 0; n < count; ++n)
            for (int side = 0; side < 2; ++side) interleaved[2 * (at + n) + side] = block_.channel(side)[n];
    }
}

}  // namespace lathe
