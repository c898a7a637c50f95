#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "pipeline/batch/batch.h"
#include "pipeline/intake/stacks.h"
#include "pipeline/site/site.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// An entry of intake/.
struct IntakeFolder {
  std::string name;  ///< raw bytes as on disk
  bool closed = false;
  std::string problem;  ///< English tr() id: why it is not taken in although it may look closed
};

/// Lists batch folders in natural order. A folder is closed when `.done` exists, or when
/// `manifest-sha512.txt` lists every file with its hash (lines as written by sha512sum) and is
/// newer than all of them. Other folders are still being written and are not touched.
std::vector<IntakeFolder> listIntake(const Site& site);

/// Takes in a closed batch: fixes counts and hashes of its whole content, divides its stacks, and
/// writes state/batches/<id>.json durably. A batch taken in before a crash is read back unchanged.
/// Nothing in intake/ is moved or changed; the dossiers of divided stacks are added there.
Batch takeIn(const Site& site, const std::string& folder, const Catalogue& catalogue,
             const Clock& clock, const IntakeTools& tools);

}  // namespace sohoa
