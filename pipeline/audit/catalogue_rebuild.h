#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/site/site.h"

namespace sohoa {

struct RebuildSummary {
  std::int64_t dossiers = 0, registerRows = 0, outcomes = 0;
  bool equal = false;  ///< the new catalogue says what the old one said (or there was none)
  std::vector<std::string> problems;
};
/// Makes the catalogue anew from the repository alone (what became of scans comes from the ledger)
/// and puts it in place of the old one, which is kept beside it as catalogue.sqlite.old.
RebuildSummary rebuild(const Site& site);

}  // namespace sohoa
