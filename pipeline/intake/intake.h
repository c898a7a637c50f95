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

/// What lies in intake/ now.
struct IntakeFolder {
  std::string name;  ///< bytes as on disk
  bool closed = false;
  std::string problem;  ///< English tr() id: why it is left alone although it may look closed
};

/// Batch folders in natural order. Closed: `.done` is there, or `manifest-sha512.txt` lists every
/// file with its hash (lines as sha512sum writes them) and is newer than all of them. Anything else
/// is still being written and is left alone.
std::vector<IntakeFolder> listIntake(const Site& site);

/// Takes a closed batch in: fixes counts and hashes of everything in it, divides its stacks, and
/// writes state/batches/<id>.json durably. A batch that was taken in before a crash is read back as
/// it was. Nothing is moved or changed in intake/; the dossiers of divided stacks are added there.
Batch takeIn(const Site& site, const std::string& folder, const Catalogue& catalogue,
             const Clock& clock, const IntakeTools& tools);

}  // namespace sohoa
