#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/site/site.h"

namespace sohoa {

struct RebuildSummary {
  std::int64_t dossiers = 0, registerRows = 0, outcomes = 0;
  bool equal = false;  ///< the new catalogue equals the old one (or there was none)
  std::vector<std::string> problems;
};
/// Rebuilds the catalogue from the repository alone (outcomes come from the ledger) and replaces
/// the old one, which is kept as catalogue.sqlite.old.
RebuildSummary rebuild(const Site& site);

}  // namespace sohoa
