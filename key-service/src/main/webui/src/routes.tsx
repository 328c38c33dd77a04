import { createBrowserRouter, Navigate } from "react-router";
import { AuditPage } from "./audit/AuditPage";
import { DomainPage } from "./domains/DomainPage";
import { DomainsPage } from "./domains/DomainsPage";
import { EmailPage } from "./emails/EmailPage";
import { EmailsPage } from "./emails/EmailsPage";
import { EditKeyPage } from "./keys/EditKeyPage";
import { IssueKeyPage } from "./keys/IssueKeyPage";
import { KeyPage } from "./keys/KeyPage";
import { KeysPage } from "./keys/KeysPage";
import { MembersPage } from "./members/MembersPage";
import { SecurityPage } from "./sessions/SecurityPage";
import { ErrorPage, NotFoundPage } from "./shell/ErrorPages";
import { Shell } from "./shell/Shell";
import { InvitationPage } from "./sign-in/InvitationPage";
import { ForgotPasswordPage } from "./sign-in/ForgotPasswordPage";
import { NewPasswordPage } from "./sign-in/NewPasswordPage";
import { SignInPage } from "./sign-in/SignInPage";
import { SignUpPage } from "./sign-in/SignUpPage";
import { WebhooksPage } from "./webhooks/WebhooksPage";

export const router = createBrowserRouter([
  {
    errorElement: <ErrorPage />,
    children: [
      { path: "/sign-in", element: <SignInPage /> },
      { path: "/sign-up", element: <SignUpPage /> },
      { path: "/invitation", element: <InvitationPage /> },
      { path: "/lost-password", element: <ForgotPasswordPage /> },
      { path: "/password-reset", element: <NewPasswordPage /> },
      {
        element: <Shell />,
        children: [
          { index: true, element: <Navigate to="/api-keys" replace /> },
          { path: "/api-keys", element: <KeysPage /> },
          { path: "/api-keys/new", element: <IssueKeyPage /> },
          { path: "/api-keys/:id", element: <KeyPage /> },
          { path: "/api-keys/:id/edit", element: <EditKeyPage /> },
          { path: "/domains", element: <DomainsPage /> },
          { path: "/domains/:id", element: <DomainPage /> },
          { path: "/emails", element: <EmailsPage /> },
          { path: "/emails/:id", element: <EmailPage /> },
          { path: "/webhooks", element: <WebhooksPage /> },
          { path: "/members", element: <MembersPage /> },
          { path: "/audit", element: <AuditPage /> },
          { path: "/security", element: <SecurityPage /> },
          { path: "*", element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
