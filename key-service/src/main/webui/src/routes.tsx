import { createBrowserRouter, Navigate } from "react-router";
import { DomainPage } from "./domains/DomainPage";
import { DomainsPage } from "./domains/DomainsPage";
import { EmailPage } from "./emails/EmailPage";
import { EmailsPage } from "./emails/EmailsPage";
import { IssueKeyPage } from "./keys/IssueKeyPage";
import { KeysPage } from "./keys/KeysPage";
import { BrokenPage, MissingPage } from "./shell/OddPages";
import { Shell } from "./shell/Shell";
import { SignInPage } from "./sign-in/SignInPage";
import { SignUpPage } from "./sign-in/SignUpPage";
import { WebhooksPage } from "./webhooks/WebhooksPage";

export const router = createBrowserRouter([
  {
    errorElement: <BrokenPage />,
    children: [
      { path: "/sign-in", element: <SignInPage /> },
      { path: "/sign-up", element: <SignUpPage /> },
      {
        element: <Shell />,
        children: [
          { index: true, element: <Navigate to="/api-keys" replace /> },
          { path: "/api-keys", element: <KeysPage /> },
          { path: "/api-keys/new", element: <IssueKeyPage /> },
          { path: "/domains", element: <DomainsPage /> },
          { path: "/domains/:id", element: <DomainPage /> },
          { path: "/emails", element: <EmailsPage /> },
          { path: "/emails/:id", element: <EmailPage /> },
          { path: "/webhooks", element: <WebhooksPage /> },
          { path: "*", element: <MissingPage /> },
        ],
      },
    ],
  },
]);
