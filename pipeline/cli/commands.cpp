#include "pipeline/cli/commands.h"

namespace sohoa::cli {

void addCommands(Command root, Context& context) {
  addInit(root, context);
  addRegister(root, context);
  addScan(root, context);
  addRun(root, context);
  addWatch(root, context);
  addStatus(root, context);
  addSeparators(root, context);
  addReview(root, context);
  addSign(root, context);
  addExtend(root, context);
  addVerify(root, context);
  addTrust(root, context);
  addSearch(root, context);
  addShow(root, context);
  addExport(root, context);
  addReport(root, context);
  addAudit(root, context);
  addCatalogue(root, context);
  addResult(root, context);
  addReplicas(root, context);
  addLedger(root, context);
  addEvents(root, context);
  addPageWorker(root, context);
}

}  // namespace sohoa::cli
