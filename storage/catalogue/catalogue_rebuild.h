#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/catalogue/catalogue.h"
#include "storage/repository/repository.h"

namespace sohoa {

/// Identifier of the object whose register.csv is the register as last imported.
inline constexpr std::string_view kRegisterObject = "urn:sohoa:register";
inline constexpr std::string_view kRegisterFile = "register.csv";

struct RebuildResult {
  std::int64_t dossiers = 0, versions = 0, registerRows = 0;
  struct Problem {
    std::string object, what;
  };
  std::vector<Problem> problems;  ///< objects left out, with the reason
};

/// Fills an empty catalogue from the repository alone: the register from its object, every version
/// of every dossier from its metadata.json, the search index from text/*.txt of the newest one.
/// The catalogue's dump() then equals the one it replaces; outcomes are not in the repository.
/// An object that cannot be read is a problem in the result, not an exception.
RebuildResult rebuildCatalogue(const Repository& repository, Catalogue& catalogue);

}  // namespace sohoa
