export { AdminListUserAuthEvents } from "./AdminListUserAuthEvents.ts";
export { AdminUpdateAuthEventFeedback } from "./AdminUpdateAuthEventFeedback.ts";
export { UpdateAuthEventFeedback } from "./UpdateAuthEventFeedback.ts";
