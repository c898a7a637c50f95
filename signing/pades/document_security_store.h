#pragma once

#include <string>
#include <vector>

#include "pdf/structure/incremental.h"
#include "signing/online/validation_data_collector.h"

namespace sohoa {

/// Validation data of one signature or timestamp, for its entry in /VRI.
struct StoreEntry {
  std::string contents;  ///< decoded /Contents of the signature, padding included
  ValidationData data;
};

/// Adds validation data to the document security store (ISO 32000-2:2020, 12.8.4.3; EN 319 142-1,
/// 5.4.2) in this update: each item in a stream of its own, no duplicates, nothing removed. Returns
/// false and changes nothing when the store has all of it already. Throws PdfSyntaxError.
bool addToSecurityStore(const PdfRevisions& file, IncrementalUpdate& update,
                        const std::vector<StoreEntry>& entries);

}  // namespace sohoa
