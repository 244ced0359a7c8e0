// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/production.h"

#include <cmath>

#include "app/render/key.h"

namespace lathe {
namespace {

std::vector<Fade> fades_of(const Programme& programme) {
    std::vector<Fade> fades;
    const auto frames = [&](double ms) { return static_cast<Frames>(std::llround(ms * programme.rate / 1000)); };
    for (const ProgrammePart& part : programme.parts) {
        const TrackInfo& info = part.track->info;
        if (const Frames n = frames(info.fade_in_ms); n > 0)
            fades.push_back({Fade::Direction::in, info.fade_in_shape, part.at, n});
        if (const Frames n = frames(info.fade_out_ms); n > 0)
            fades.push_back({Fade::Direction::out, info.fade_out_shape, part.at + part.frames - n, n});
    }
    return fades;
}

}  // namespace

template <class Sample>
MasterJob<Sample> make_job(const Programme& programme, const Master& master, Compiler& compiler,
                           const SourceLibrary& library) {
    MasterJob<Sample> job;
    job.programme = &programme;
    job.master = &master;
    job.before = compiler.before_gain_point(programme, master);
    job.after = compiler.after_gain_point(programme, master);
    job.fades = fades_of(programme);
    if (programme.parts.back().track->info.fade_out_ms == 0)  // what fades out has no tail
        job.tail = static_cast<Frames>(std::ceil((job.before->tail_s + job.after->tail_s) * programme.rate));
    job.key_parts =
        gain_point_key(programme, library, *job.before, job.tail, sizeof(Sample) == sizeof(double) ? "f64" : "f32");
    job.key = job.key_parts.address();
    return job;
}

template <class Sample>
Production<Sample>::Production(const Album& album, const RenderOptions& options,
                               const std::vector<Delivery>& deliveries)
    : album_(album),
      out_folder_(std::filesystem::absolute(options.out_folder.empty() ? album.folder() : options.out_folder)
                      .lexically_normal()),
      library_(album, options.memory),
      main_(lathe::main_programmes(album, library_)),
      versions_(version_programmes(album, library_)),
      compiler_(album, library_, options.cache, options.memory) {
    for (const Master& master : album.masters) {
        Jobs& jobs = jobs_[master.name];
        for (const Programme& programme : main_)
            jobs.main.push_back(make_job<Sample>(programme, master, compiler_, library_));
        for (const Programme& programme : versions_)
            jobs.versions.push_back(make_job<Sample>(programme, master, compiler_, library_));
    }
    const ShapeOf shape = [&](std::size_t programme, bool is_main, const Master& master) {
        const MasterJob<Sample>& job =
            (is_main ? jobs_.at(master.name).main : jobs_.at(master.name).versions)[programme];
        return RenderedShape{job.frames_out(), job.channels_out()};
    };
    plan_ = plan_deliveries(album, library_, main_, versions_, options.selection, out_folder_, shape);
    to_suit_ = lathe::streams_to_suit(album, library_, main_, versions_, deliveries, shape);
}

template MasterJob<float> make_job(const Programme&, const Master&, Compiler&, const SourceLibrary&);
template MasterJob<double> make_job(const Programme&, const Master&, Compiler&, const SourceLibrary&);
template class Production<float>;
template class Production<double>;

}  // namespace lathe
