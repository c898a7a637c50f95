#pragma once

#include <string>
#include <vector>

#include "samples/dossier.h"

namespace sohoa::samples {

/// The one-stop register as CSV: the dossiers of the batch (but not those whose fault is that
/// nobody knows them) and `others`, which were received but not scanned.
std::string registerOf(const std::vector<Dossier>& dossiers, int others, Random random);

}  // namespace sohoa::samples
