#include "storage/ledger/ledger.h"

#include <fstream>
#include <iostream>

#include "core/durable.h"
#include "core/result.h"
#include "core/texts/json.h"
#include "pipeline/audit/ledger_anchor.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/site/agency_key.h"
#include "pipeline/site/signing_services.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

/// JSON lines as they stand in the ledger, whole ones only, from an entry on.
void exportLines(const Site& site, std::uint64_t from, std::ostream& out) {
  std::ifstream in(site.ledger(), std::ios::binary);
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line) && !in.eof(); ++number) {
    if (number >= from) out << line << '\n';
  }
  out.flush();
}

void exportLedger(const Context& context, const fs::path& to, std::uint64_t from) {
  const Site site = context.site();
  if (to.empty()) return exportLines(site, from, std::cout);
  if (fs::exists(to)) throw UsageError("--to", to.string());
  createFoldersDurably(fs::absolute(to) / "anchors");
  {
    std::ofstream out(to / "ledger.jsonl", std::ios::binary);
    exportLines(site, from, out);
    if (!out) throw BatchError(Cause::diskError, (to / "ledger.jsonl").string());
  }
  syncFile(to / "ledger.jsonl");
  std::error_code error;
  int anchors = 0;
  for (const auto& entry : fs::directory_iterator(site.anchors(), error)) {
    copyFileDurably(entry.path(), to / "anchors" / entry.path().filename());
    anchors += entry.path().extension() == ".json" ? 1 : 0;
  }
  if (context.json) {
    return context.object(nlohmann::json{
        {"event", "exported"}, {"folder", fs::canonical(to).string()}, {"anchors", anchors}});
  }
  context.line(
      context.say("The ledger and {} anchors are in {}", anchors, fs::canonical(to).string()));
}

void anchorNow(const Context& context) {
  const Site site = context.site();
  const auto clock = site.clock();
  const SigningKey key = loadKey(site);
  key.requireUsableAt(clock->now());
  const SiteServices services(site);
  const auto anchor = makeAnchor(site, key, *clock, true, timestamperOf(services));
  if (context.json) {
    return context.object(nlohmann::json{{"event", "anchored"},
                                         {"new", anchor.has_value()},
                                         {"entries", anchor ? anchor->entries : 0}});
  }
  context.line(anchor ? context.say("Signed: the ledger's {} entries up to now.", anchor->entries)
                      : std::string(context.tr(
                            "Nothing has been added to the ledger since it was last signed.")));
}

void check(Context& context) {
  const Site site = context.site();
  AnchorCheck anchors(site, TrustAnchors::fromFolder(site.trust()));
  const std::size_t count = anchors.count();
  Ledger::Check chain;
  try {
    chain = Ledger(site.ledger()).check([&](const LedgerEntry& entry) { anchors.see(entry); });
  } catch (const BatchError& error) {
    if (error.cause() != Cause::ledgerBroken) throw;
    chain.problem = error.detail();
    chain.firstBroken = 0;
  }
  std::vector<AnchorCheck::Problem> problems;
  if (chain.firstBroken) {
    problems.push_back({"entry " + std::to_string(*chain.firstBroken), chain.problem});
  } else {
    problems = anchors.finish(chain.entries);
  }
  for (const auto& problem : problems) {
    if (context.json) {
      context.object(
          nlohmann::json{{"event", "finding"}, {"where", problem.where}, {"what", problem.what}});
    } else {
      context.line(problem.where + ": " + problem.what);
    }
  }
  if (!problems.empty()) context.exit = ExitCode::finishedWith;
  if (context.json) {
    return context.object(nlohmann::json{{"event", "ledger"},
                                         {"entries", chain.entries},
                                         {"anchors", count},
                                         {"problems", problems.size()}});
  }
  context.line(context.say("{} entries hold, {} anchors, {} problems.", chain.entries, count,
                           problems.size()));
}

}  // namespace

void addLedger(Command app, Context& context) {
  struct Options {
    fs::path to;
    std::uint64_t from = 1;
  };
  const auto options = std::make_shared<Options>();
  Command command =
      app.subcommand("ledger", std::string(context.tr("the log of who did what, when and why")));
  command.requireSubcommand();
  Command lines =
      command.subcommand("export", std::string(context.tr("JSON lines, as they are kept")));
  lines.option("--to", options->to,
               std::string(context.tr("new folder, with the signed anchors; else to the screen")));
  lines.option("--from", options->from, std::string(context.tr("number of the first entry")));
  lines.action([options, &context] { exportLedger(context, options->to, options->from); });
  command.subcommand("anchor", std::string(context.tr("sign its head with the agency's key now")))
      .action([&context] { anchorNow(context); });
  command.subcommand("check", std::string(context.tr("prove the chain and its anchors")))
      .action([&context] { check(context); });
}

}  // namespace sohoa::cli
