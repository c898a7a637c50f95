#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "pipeline/site/site.h"
#include "storage/ledger/ledger.h"

namespace sohoa {

/// A change of status of a dossier or result, for other systems. Positions are the ledger's
/// sequence numbers: they increase, so a reader that keeps the last one misses nothing.
struct StatusEvent {
  std::uint64_t position = 0;
  std::string event;    ///< the ledger's action: "dossier.filed", "result.withdrawn" …
  std::string dossier;  ///< dossier code
  std::string result;   ///< result code, if the event concerns a result
  /// filed, held, quarantined, accepted, in_force, expired, withdrawn, replaced …
  std::string status;
  LedgerEntry entry;
};
/// Returns nothing for an entry that changes no status.
std::optional<StatusEvent> eventOf(const LedgerEntry& entry);
/// One JSON object on one line, without the newline; keys sorted.
std::string toJson(const StatusEvent& event);

struct EventStream {
  std::uint64_t from = 1;  ///< first position
  bool follow = false;     ///< wait for more events until `stop`
  std::chrono::milliseconds poll{500};
};
/// Calls back with every event in order, until the callback returns false. Reads the ledger only.
/// Returns the position after the last entry read. Throws BatchError(ledgerBroken).
std::uint64_t streamEvents(const Site& site, const EventStream& stream,
                           const std::atomic<bool>& stop,
                           const std::function<bool(const StatusEvent&)>& visit);

}  // namespace sohoa
