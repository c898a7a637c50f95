#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "core/result.h"
#include "pipeline/export/events.h"

namespace sohoa {

/// A receiver of events by HTTP POST: one event per request, in order, each at least once; the
/// receiver recognises repetitions by `position`. Headers: `X-Sohoa-Position`, and with a secret
/// `X-Sohoa-Signature: sha256=<HMAC-SHA-256 of the body, hexadecimal>`.
struct WebhookTarget {
  std::string url;
  std::string secret;  ///< empty: bodies are not signed
  int attempts = 8;    ///< attempts per event before the delivery stops; 0: no limit
  std::chrono::milliseconds firstWait{1000}, longestWait{60000};  ///< doubled after each failure
};

struct WebhookResult {
  std::uint64_t delivered = 0;
  std::uint64_t next = 1;  ///< position from which the next call continues
  /// why the delivery stopped early, in English; empty when all was delivered
  std::string problem;
};
/// Delivers the events that the receiver has not acknowledged with a 2xx. The position reached is
/// kept in state/events/, so that a killed delivery continues there. `from` (not 0) begins at that
/// position. A refusal (4xx other than 408, 425 and 429) is not repeated: the delivery stops at
/// that event.
WebhookResult deliverEvents(const Site& site, const WebhookTarget& target, std::uint64_t from,
                            bool follow, const std::atomic<bool>& stop);

}  // namespace sohoa
