#include "pipeline/night/night.h"

#include "pipeline/night/night_run.h"

namespace sohoa {

NightSummary runNight(const Site& site, const NightOptions& options, NightListener& listener,
                      const std::atomic<bool>& stop) {
  requireSpace(site, {});
  return NightRun(site, options, listener, stop).run();
}

}  // namespace sohoa
