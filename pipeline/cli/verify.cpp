#include "pipeline/workers/verify_files.h"

#include <set>

#include "core/dossier_code.h"
#include "core/durable.h"
#include "core/record.h"
#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/intake/document_plan.h"
#include "pipeline/workers/page_renderer.h"
#include "signing/online/revocation_client.h"
#include "signing/verify/report_json.h"
#include "signing/verify/report_text.h"
#include "storage/catalogue/dossier_object.h"
#include "storage/repository/repository.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

using Policy = VerificationOptions::Revocation;

/// Of one worker: addresses, mapped files among them, and what it fills itself. A file that needs
/// more is refused.
constexpr int kWorkerMegabytes = 4000, kWorkerDataMegabytes = 256;

struct Wish {
  std::vector<std::string> files;
  std::string at, format = "text", revocation;
  fs::path evidence;
  int workers = 0;
  bool online = false;
};

/// Documents of a filed dossier, or the file itself.
void addFilesMeant(const Site& site, const std::string& what, std::vector<fs::path>& files) {
  if (fs::exists(what)) return files.push_back(what);
  const std::size_t before = files.size();
  if (const auto code = DossierCode::parse(what)) {
    const auto filed = Repository::open(site.repository()).files(code->objectId());
    const auto metadata = filed.find("metadata.json");
    if (metadata == filed.end()) throw UsageError("FILE|CODE", what);
    // What is packaged only has no signature to verify.
    for (const DocumentRecord& document : readRecord(metadata->second).documents) {
      const auto place = filed.find(document.file);
      if (place == filed.end()) throw BatchError(Cause::repositoryDamaged, document.file);
      if (!packagedOnly(document)) files.push_back(place->second);
    }
  }
  if (files.size() == before) throw UsageError("FILE|CODE", what);
}

Policy policyOf(const std::string& name) {
  if (name == "required") return Policy::required;
  return name == "available" ? Policy::available : Policy::offered;
}

/// Report for a file that crashed its worker or timed out.
VerifyJob::Reply replyFor(const Context& context, const ItemError& error, Time at) {
  VerificationReport report;
  report.validatedAt = at;
  report.unreadable = error;
  if (error.cause == Cause::pageCrashed || error.cause == Cause::pageTimeout) {
    report.unreadable = ItemError{
        Stage::verification, Cause::pdfDamaged, error.item,
        std::string(context.tr("it asks for more time or memory than any honest document"))};
  }
  return {
      std::string(verdictOf(report)), toJson(report), describe(report, context.language), "", {}};
}

/// Asks the servers that certificates name about what the documents do not say themselves. Nothing
/// else of a foreign file reaches the network, and this only when it was wished.
std::vector<std::string> askServers(const Site& site, const WorkerSetup& setup, VerifyJob job,
                                    const std::vector<fs::path>& files, int workers) {
  job.evidence.clear();
  job.xml = false;
  std::set<std::pair<std::string, std::string>> wanted;
  verifyFiles(setup, job, files, workers,
              [&](const fs::path&, const Result<VerifyJob::Reply>& result) {
                if (result) wanted.insert(result->wanted.begin(), result->wanted.end());
              });
  RevocationOptions options;
  const auto timeout = std::chrono::seconds(site.config().revocation.timeoutSeconds);
  options.limits.total = std::min<std::chrono::milliseconds>(options.limits.total, timeout);
  // The URLs come from certificates in foreign documents: none of them may reach into this network.
  options.limits.publicOnly = !site.config().revocation.privateAddresses;
  RevocationClient client(std::move(options));
  return fetchAnswers(client, {wanted.begin(), wanted.end()}, job.options.now);
}

void verify(Context& context, const Wish& wish) {
  const Site site = context.site();
  VerifyJob job;
  job.trust = site.trust();
  job.language = context.language;
  job.xml = wish.format == "etsi-xml";
  if (!wish.evidence.empty()) job.evidence = fs::absolute(wish.evidence);
  job.options.at = job.options.now = site.clock()->now();
  job.options.revocation =
      policyOf(wish.revocation.empty() ? site.config().signing.revocation : wish.revocation);
  if (!wish.at.empty()) {
    auto at = parseIsoTime(wish.at);
    if (const auto day = parseIsoDay(wish.at); !at && day) at = std::chrono::sys_days{*day};
    if (!at) throw UsageError("--at", wish.at);
    job.options.at = *at;
  }
  std::vector<fs::path> files;
  for (const std::string& what : wish.files) addFilesMeant(site, what, files);
  const bool json = context.json || wish.format == "json";
  bool first = true;
  std::optional<ItemError> unfit;  // an environment in which nothing can be said of any file
  if (json) context.data("{\"files\":[");
  const WorkerSetup setup{context.program,
                          "",
                          "",
                          kWorkerMegabytes,
                          false,
                          kWorkerDataMegabytes,
                          true,
                          RenderProcess::programBeside(context.program)};
  if (wish.online) job.options.fetched = askServers(site, setup, job, files, wish.workers);
  verifyFiles(setup, job, files, wish.workers,
              [&](const fs::path& file, const Result<VerifyJob::Reply>& result) {
                if (!result && result.error().cause == Cause::siteConfig) unfit = result.error();
                // Without the site's anchors no file can be judged: no verdict is given.
                if (unfit) return;
                const VerifyJob::Reply reply =
                    result ? *result : replyFor(context, result.error(), job.options.at);
                if (reply.verdict != "valid") context.exit = ExitCode::finishedWith;
                if (json) {
                  nlohmann::json value = parseJson(reply.json);
                  value["path"] = file.string();
                  context.data((first ? "" : ",\n") + jsonTextReplacing(value));
                } else if (job.xml) {
                  context.data(reply.xml);
                } else {
                  context.line(file.filename().string());
                  context.line(reply.page);
                }
                first = false;
              });
  if (json) context.data("]}\n");
  if (unfit) throw BatchError(unfit->cause, unfit->detail);
}

}  // namespace

void addVerify(Command app, Context& context) {
  Command command = app.subcommand(
      "verify", std::string(context.tr("check the signatures of a PDF or of a filed dossier")));
  const auto wish = std::make_shared<Wish>();
  const auto option = [&](const char* name, auto& into, std::string_view help) {
    return command.option(name, into, std::string(context.tr(help)));
  };
  option("FILE|CODE", wish->files, textId("PDF files or dossier codes")).required();
  option("--at", wish->at, textId("validate as of this time (2021-09-10T07:30:20Z or 2021-09-10)"));
  option("--format", wish->format, textId("text, json or etsi-xml (ETSI TS 119 102-2)"))
      .oneOf({"text", "json", "etsi-xml"});
  option("--evidence", wish->evidence,
         textId("folder for an evidence package other tools can check"));
  option("--revocation", wish->revocation,
         textId("when revocation must be known: required, offered or available"))
      .oneOf({"required", "offered", "available"});
  command.flag("--online", wish->online,
               std::string(context.tr(
                   "ask the authorities' servers for revocation data that a document lacks")));
  option("--workers", wish->workers, textId("files verified at a time")).range(0, 256);
  command.action([wish, &context] { verify(context, *wish); });
}

}  // namespace sohoa::cli
