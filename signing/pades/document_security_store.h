#pragma once

#include <string>
#include <vector>

#include "pdf/structure/incremental.h"
#include "signing/online/validation_data_collector.h"

namespace sohoa {

/// What one signature (or timestamp) needs, filed under its own key of /VRI.
struct StoreEntry {
  std::string contents;  ///< of the signature: /Contents decoded, with its padding
  ValidationData data;
};

/// Adds validation data to the document security store (ISO 32000-2:2020, 12.8.4.3; EN 319 142-1,
/// 5.4.2) in this update: streams of their own, nothing twice, nothing taken away. False when the
/// store had everything already: then nothing changes. Throws PdfSyntaxError.
bool addToSecurityStore(const PdfRevisions& file, IncrementalUpdate& update,
                        const std::vector<StoreEntry>& entries);

}  // namespace sohoa
