// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/render/compile.h"
#include "app/render/delivery_plan.h"
#include "app/render/master_job.h"
#include "app/render/render.h"

namespace lathe {

/// An album compiled: its sources opened, its programmes cut, every chain a plan, every file named. Nothing has run
/// yet, and whatever is wrong with the album has been said.
template <class Sample>
class Production {
public:
    Production(const Album& album, const RenderOptions& options) : Production(album, options, album.deliveries) {}
    /// deliveries: those that gains are found for, whatever is delivered; they outlive this.
    Production(const Album& album, const RenderOptions& options, const std::vector<Delivery>& deliveries);

    const Album& album() const { return album_; }
    const SourceLibrary& library() const { return library_; }
    const std::vector<Programme>& main_programmes() const { return main_; }
    const DeliveryPlan& plan() const { return plan_; }
    /// What gains must suit where no limiter keeps the ceiling.
    const std::vector<PlannedStream>& streams_to_suit() const { return to_suit_; }
    const std::filesystem::path& out_folder() const { return out_folder_; }
    MonoWeight mono() const { return album_.info.mono == MonoLoudness::dual ? MonoWeight::dual : MonoWeight::single; }

    /// The jobs of a master, in the order of the programmes; main ones and those of other versions.
    std::vector<MasterJob<Sample>>& main_jobs(const Master& master) { return jobs_.at(master.name).main; }
    std::vector<MasterJob<Sample>>& version_jobs(const Master& master) { return jobs_.at(master.name).versions; }

private:
    struct Jobs {
        std::vector<MasterJob<Sample>> main, versions;
    };

    const Album& album_;
    std::filesystem::path out_folder_;
    SourceLibrary library_;
    std::vector<Programme> main_, versions_;
    Compiler compiler_;
    std::map<std::string, Jobs> jobs_;
    DeliveryPlan plan_;
    std::vector<PlannedStream> to_suit_;
};

/// One job: a programme's chain for a master compiled, with its tail, fades and content address.
template <class Sample>
MasterJob<Sample> make_job(const Programme& programme, const Master& master, Compiler& compiler,
                           const SourceLibrary& library);

}  // namespace lathe
