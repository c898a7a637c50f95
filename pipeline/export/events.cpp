#include "pipeline/export/events.h"

#include <fstream>
#include <thread>

#include "core/result.h"
#include "core/texts/json.h"

namespace sohoa {
namespace {

/// The dossier code within a result code.
std::string dossierOf(const std::string& code) { return code.substr(0, code.rfind("-KQ")); }

}  // namespace

std::optional<StatusEvent> eventOf(const LedgerEntry& entry) {
  StatusEvent event;
  event.position = entry.sequence;
  event.event = entry.action;
  event.entry = entry;
  const std::string& action = entry.action;
  if (action.starts_with("result.")) {
    event.result = entry.subject;
    event.dossier = dossierOf(entry.subject);
    const auto value = entry.details.find("new");  // "withdrawn 2021-09-10.."
    event.status = value == entry.details.end() ? action.substr(7)
                                                : value->second.substr(0, value->second.find(' '));
    return event;
  }
  event.dossier = entry.subject;
  if (action == "dossier.filed" || action == "dossier.filed_before") {
    event.status = "filed";
  } else if (action == "dossier.held") {
    event.status = "held";
  } else if (action == "dossier.quarantined" || action == "review.rejected") {
    event.status = "quarantined";
  } else if (action == "review.accepted") {
    event.status = "accepted";
  } else if (action == "dossier.classified") {
    event.status = "classified";
  } else {
    return std::nullopt;
  }
  return event;
}

std::string toJson(const StatusEvent& event) {
  nlohmann::json json = {{"position", event.position},       {"event", event.event},
                         {"dossier", event.dossier},         {"status", event.status},
                         {"at", isoVietnam(event.entry.at)}, {"actor", event.entry.actor},
                         {"details", event.entry.details}};
  if (!event.result.empty()) json["result"] = event.result;
  return jsonTextReplacing(json);
}

std::uint64_t streamEvents(const Site& site, const EventStream& stream,
                           const std::atomic<bool>& stop,
                           const std::function<bool(const StatusEvent&)>& visit) {
  std::uint64_t position = 1;
  std::streamoff offset = 0;
  bool ended = false;
  while (!stop && !ended) {
    std::ifstream in(site.ledger(), std::ios::binary);
    in.seekg(offset);
    std::string line;
    // A line without a newline is still being written; it is read at the next look.
    while (!stop && !ended && std::getline(in, line) && !in.eof()) {
      offset += static_cast<std::streamoff>(line.size()) + 1;
      if (position++ < stream.from) continue;
      Ledger::forEachLine(line, [&](const LedgerEntry& entry) {
        const auto event = eventOf(entry);
        if (event && !visit(*event)) ended = true;
      });
    }
    if (!stream.follow || ended) break;
    std::this_thread::sleep_for(stream.poll);
  }
  return position;
}

}  // namespace sohoa
