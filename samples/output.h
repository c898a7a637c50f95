#pragma once

#include <filesystem>
#include <string>

#include "samples/dossier.h"

namespace sohoa::samples {

/// Renders every side of the dossier, writes the files below <out>/intake/<batch>/<code>/ and the
/// truth to <out>/truth/<code>.json. Returns the number of sides.
std::size_t writeDossier(const Dossier& dossier, const std::filesystem::path& out,
                         const std::string& batch, Random random);

}  // namespace sohoa::samples
